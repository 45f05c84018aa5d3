import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { ObserveContext } from '../contract.ts';
import { domainsOf, type Printed, type Wanted } from './ask.ts';

/** What the last samples have learnt of a label that no domain knew. */
export interface KnownMissing {
  readonly domains: Printed['domains'];
  readonly path: string | null;
  readonly disabled: boolean | null;
  readonly turn: number;
}

/** Older answers are of another time: all is asked anew. */
const goodForMs = 120_000;

/** Null where the last sample found it, was none, is too old, or all is to be known. */
export function knownMissing(uid: number, context: ObserveContext): KnownMissing | null {
  const { previous, transports, thorough } = context;
  const facts: JsonObject = previous?.facts ?? {};
  const { domain, domains, path, disabled, turn, seenAtMs } = facts;
  if (domain !== null || thorough === true || !isJsonObject(domains)) return null;
  const ageMs = transports.clock.now() - Number(seenAtMs);
  const isWhole = domainsOf(uid).every((one) => typeof domains[one] === 'string');
  if (!isWhole || !(ageMs >= 0 && ageMs <= goodForMs)) return null;
  return {
    domains: domains as Printed['domains'],
    path: typeof path === 'string' ? path : null,
    disabled: typeof disabled === 'boolean' ? disabled : null,
    turn: Number(turn),
  };
}

/**
 * What is asked in a sample of a label that stays missing, so that it costs one process: every other
 * time the domain where it belongs, in between the others and whether it is disabled (null).
 */
export function questionOf(home: string | null, { uid }: Wanted, turn: number): string | null {
  const domains = domainsOf(uid);
  const others = [...domains.filter((one) => one !== home), null];
  const questions = home === null ? domains : others.flatMap((one) => [home, one]);
  return questions[turn % questions.length] ?? null;
}
