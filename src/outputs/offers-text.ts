import type { Refusal, Risk } from '../model/plan.ts';
import { shellWord } from '../model/shell-word.ts';
import type { Verb } from '../model/verb.ts';

/** One thing that a manager can do to a unit; `why` says what keeps it from it, null when nothing does. */
export interface OfferedDeed {
  readonly action: Verb;
  readonly object: string | null;
  readonly risk: Risk;
  readonly why: string | null;
}

/** Of what can be done, what makes an offer. */
export interface Offer {
  readonly verb: Verb;
  readonly object: string | null;
  readonly risk: Risk;
  readonly refusal: Refusal | null;
  readonly needless: string | null;
}

export function offerOf({ verb, object, risk, refusal, needless }: Offer): OfferedDeed {
  // Who may not is told the command with which another may.
  const hint = refusal?.code === 'NEEDS_ROOT' ? `: ${refusal.hint}` : '';
  const why = refusal === null ? needless : `${refusal.message}${hint}`;
  return { action: verb, object, risk, why };
}

/** What can be done to a service, a line each, or why nothing can. */
export function offersText(
  id: string,
  offers: readonly OfferedDeed[],
  why: Pick<Refusal, 'message' | 'hint'> | null,
): string {
  if (why) return `${id}\n  nothing: ${why.message}\n  → ${why.hint}\n`;
  const names = offers.map(offerName);
  const widest = Math.max(0, ...names.map((name) => name.length));
  const lines = offers.map(({ risk, why: kept }, index) =>
    `  ${(names[index] ?? '').padEnd(widest)}  ${kept === null ? risk : `– ${kept}`}`.trimEnd(),
  );
  return `${[id, ...lines].join('\n')}\n`;
}

/** The command line of it: `joelclaw delete-pod panda/redis redis-0`. */
export function deedCommand(
  id: string,
  { action, object }: Pick<OfferedDeed, 'action' | 'object'>,
): string {
  return ['joelclaw', action, id, ...(object === null ? [] : [object])].map(shellWord).join(' ');
}

/** `delete-pod redis-0` */
export function offerName({ action, object }: Pick<OfferedDeed, 'action' | 'object'>): string {
  return object === null ? action : `${action} ${object}`;
}
