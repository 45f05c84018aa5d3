import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import type { Previous } from '../contract.ts';
import type { LastRun } from './facts.ts';
import { readTriggers, type Trigger, timeOf, wordOf } from './read.ts';

/** A function as an earlier sample left it. */
export interface RememberedFunction {
  readonly slug: string;
  readonly name: string;
  readonly app: string;
  readonly triggers: readonly Trigger[];
  readonly acceptedTriggers: readonly Trigger[];
  readonly cronsSince: string | null;
  readonly knownSince: string | null;
  readonly lastRun: LastRun | null;
  readonly lastEnded: LastRun | null;
  readonly lastCompletedAt: string | null;
}

export interface Remembered {
  readonly baseline: readonly string[];
  readonly functions: ReadonlyMap<string, RememberedFunction>;
}

const nothing: Remembered = { baseline: [], functions: new Map() };

/** What an earlier sample of the same app knew: it may be of another version, or damaged. */
export function rememberedOf(previous: Previous | null, app: string | null): Remembered {
  const { baseline, functions, wanted } = previous?.facts ?? {};
  if (wanted !== app) return nothing;
  const known = (Array.isArray(functions) ? functions : []).flatMap((one) => {
    const read = readFunction(one);
    return read ? [[read.slug, read] as const] : [];
  });
  return { baseline: wordsOf(baseline), functions: new Map(known) };
}

function readFunction(value: Json): RememberedFunction | null {
  if (!isJsonObject(value)) return null;
  const slug = wordOf(value['slug']);
  if (slug === null) return null;
  return {
    slug,
    name: wordOf(value['name']) ?? slug,
    app: wordOf(value['app']) ?? '',
    triggers: readTriggers(value['triggers']),
    acceptedTriggers: readTriggers(value['acceptedTriggers'] ?? value['triggers']),
    cronsSince: timeOf(value['cronsSince']),
    knownSince: timeOf(value['knownSince']),
    lastRun: readLastRun(value['lastRun']),
    lastEnded: readLastRun(value['lastEnded']),
    lastCompletedAt: timeOf(value['lastCompletedAt']),
  };
}

function readLastRun(value: Json | undefined): LastRun | null {
  if (!isJsonObject(value)) return null;
  const { durationMs }: JsonObject = value;
  const id = wordOf(value['id']);
  const status = wordOf(value['status']);
  const at = timeOf(value['at']);
  if (id === null || status === null || at === null) return null;
  const error = wordOf(value['error']);
  return { id, status, at, durationMs: typeof durationMs === 'number' ? durationMs : null, error };
}

function wordsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}
