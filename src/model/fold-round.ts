import { type FoldPolicy, fold, type Sample } from './fold.ts';
import { type Health, keptTransitions, type NetworkState, type Transition } from './health.ts';
import { partKey, partKeysOf } from './part-key.ts';
import type { Result } from './result.ts';

/** A result with the policy of its check. */
export interface Sampled {
  readonly result: Result;
  readonly policy: FoldPolicy;
}

/**
 * Folds one round of results into the network's state. The order of the results does not matter:
 * they are taken by time, then by check, and the health record is kept sorted by id.
 */
export function foldRound(before: NetworkState, round: readonly Sampled[]): NetworkState {
  if (round.length === 0) return before;
  const health = new Map(Object.entries(before.health));
  const known = new Map(partKeysOf(before.health));
  const transitions: Transition[] = [];
  for (const sampled of round.toSorted(byTimeThenCheck)) {
    const { check, parts } = sampled.result;
    put(health, sampled.result, { policy: sampled.policy, out: transitions });
    foldParts(health, sampled, { known: known.get(check) ?? [], out: transitions });
    if (parts.length > 0 || known.has(check)) known.set(check, keysOfParts(health, check));
  }
  return {
    at: latest(before.at, round),
    health: sorted(before.health, health),
    transitions: added(before.transitions, transitions),
  };
}

/** The same list where nothing has changed. */
function added(before: readonly Transition[], more: readonly Transition[]): readonly Transition[] {
  return more.length === 0 ? before : [...before, ...more].slice(-keptTransitions);
}

function byTimeThenCheck(a: Sampled, b: Sampled): number {
  return (
    compare(a.result.at, b.result.at) ||
    compare(a.result.check, b.result.check) ||
    compare(JSON.stringify(a.result), JSON.stringify(b.result))
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function put(
  health: Map<string, Health>,
  sample: Sample,
  { policy, out }: { readonly policy: FoldPolicy; readonly out: Transition[] },
): void {
  const folded = fold(health.get(sample.check), sample, policy);
  health.set(sample.check, folded.health);
  if (folded.transition) out.push(folded.transition);
}

/** A part that a whole answer no longer names is gone; one that a failed answer could not name is unknown. */
function foldParts(
  health: Map<string, Health>,
  { result, policy }: Sampled,
  { known, out }: { readonly known: readonly string[]; readonly out: Transition[] },
): void {
  const { check, at, fault } = result;
  const named = new Set<string>();
  for (const { id, kind, name, verdict, facts } of result.parts) {
    const key = partKey(check, id);
    named.add(key);
    const sample = { check: key, at, latencyMs: null, facts, verdict, fault: null };
    put(health, { ...sample, part: { kind, name } }, { policy, out });
  }
  for (const key of known) {
    const before = health.get(key);
    if (!before || named.has(key)) continue;
    if (fault) {
      const verdict = { state: 'unknown', note: fault.message } as const;
      const { facts, part } = before;
      const sample = { check: key, at, latencyMs: null, facts, verdict, fault, part };
      put(health, sample, { policy, out });
    } else {
      health.delete(key);
      out.push({ check: key, from: before.confirmed.state, to: 'gone', at, note: before.note });
    }
  }
}

function keysOfParts(health: ReadonlyMap<string, Health>, check: string): string[] {
  return [...health.keys()].filter((key) => key.startsWith(partKey(check, '')));
}

function latest(before: string | null, round: readonly Sampled[]): string | null {
  let at = before;
  for (const { result } of round) if (at === null || result.at > at) at = result.at;
  return at;
}

/** Sorting is paid for only when a key came or went. */
function sorted(
  before: Readonly<Record<string, Health>>,
  after: ReadonlyMap<string, Health>,
): Readonly<Record<string, Health>> {
  const known = Object.keys(before);
  const same = known.length === after.size && known.every((key) => after.has(key));
  const keys = same ? known : [...after.keys()].sort();
  return Object.fromEntries(keys.map((key) => [key, after.get(key) as Health]));
}
