import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { shortName } from './names.ts';
import { readTriggers, type Trigger, wordOf } from './read.ts';
import { sameTriggers } from './triggers.ts';

/** What is given up and what is taken for right. */
export interface Accepted {
  /** The facts that the next sample goes on from. */
  readonly facts: JsonObject;
  /** Names that were expected because they were once seen, and are not registered. */
  readonly forgotten: readonly string[];
  readonly triggers: readonly AcceptedTriggers[];
}

interface AcceptedTriggers {
  readonly name: string;
  readonly was: readonly Trigger[];
  readonly is: readonly Trigger[];
}

/**
 * The facts of a sample with what is registered as the new measure. Where the inventory lists the
 * names (`namesToo` false) only the triggers are taken: the list is not joelclaw's to change.
 */
export function acceptFunctions(facts: JsonObject, namesToo: boolean): Accepted {
  const all = listOf(facts['functions']).filter(isJsonObject);
  const registered = all.filter((one) => one['registered'] === true);
  const kept = namesToo ? registered : all;
  const seen = registered.map((one) => shortName(namedOf(one))).sort();
  const known = new Set(seen);
  const before = listOf(facts['baseline']).filter((one) => typeof one === 'string');
  return {
    facts: {
      ...facts,
      baseline: namesToo ? seen : before,
      functions: kept.map((one) => ({ ...one, acceptedTriggers: one['triggers'] ?? [] })),
    },
    forgotten: namesToo ? before.filter((name) => !known.has(name)) : [],
    triggers: registered.flatMap((one) => {
      const was = readTriggers(one['acceptedTriggers'] ?? one['triggers']);
      const is = readTriggers(one['triggers']);
      return sameTriggers(was, is) ? [] : [{ name: namedOf(one).name, was, is }];
    }),
  };
}

function namedOf(one: JsonObject): Parameters<typeof shortName>[0] {
  const slug = wordOf(one['slug']) ?? '';
  return { slug, name: wordOf(one['name']) ?? slug, app: wordOf(one['app']) ?? '' };
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
