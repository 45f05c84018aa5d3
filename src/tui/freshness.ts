import type { Network } from '../model/check.ts';
import type { Health, NetworkState } from '../model/health.ts';

/** How old what is shown is. `agedMs` is the age of the oldest sample once that is too old. */
export interface Freshness {
  readonly measured: number;
  readonly checks: number;
  readonly agedMs: number | null;
}

/** What is known of a network, and the moment it is judged at. */
interface Judged {
  readonly network: Network;
  readonly state: NetworkState;
  readonly atMs: number;
}

/** An age is shown from here on: one interval, and half a one for the measuring itself. */
export const agedAfterIntervals = 1.5;

/** From here on a row is dim, and the header no longer says `live`. */
export const oldAfterIntervals = 2;

/** The age of a network's samples at a moment; a check never measured has none. */
export function freshnessOf(known: Judged): Freshness {
  let measured = 0;
  let agedMs: number | null = null;
  for (const { id } of known.network.checks) {
    const health = known.state.health[id];
    if (!health) continue;
    measured++;
    const { ageMs, intervals } = ageOfOne(id, health, known);
    if (intervals > oldAfterIntervals) agedMs = Math.max(agedMs ?? 0, ageMs);
  }
  return { measured, checks: known.network.checks.length, agedMs };
}

/** The oldest of some checks: its age, and how many of its intervals that is. */
export interface Age {
  readonly ageMs: number;
  readonly intervals: number;
}

/** Null when none of them has been measured. */
export function ageOf(checks: readonly { readonly id: string }[], known: Judged): Age | null {
  let oldest: Age | null = null;
  for (const { id } of checks) {
    const health = known.state.health[id];
    if (!health) continue;
    const age = ageOfOne(id, health, known);
    if (!oldest || age.intervals > oldest.intervals) oldest = age;
  }
  return oldest;
}

/** A poller that backs off announces a longer wait: that makes no sample younger. */
function ageOfOne(id: string, { seenAt, waitMs }: Health, { network, atMs }: Judged): Age {
  const intervalMs = Math.min(waitMs, intervalsOf(network).get(id) ?? waitMs);
  const ageMs = atMs - Date.parse(seenAt);
  return { ageMs, intervals: ageMs / Math.max(1, intervalMs) };
}

const made = new WeakMap<Network, ReadonlyMap<string, number>>();

/** The interval of each check, in milliseconds. */
function intervalsOf(network: Network): ReadonlyMap<string, number> {
  const known = made.get(network);
  if (known) return known;
  const intervals = new Map(network.checks.map(({ id, intervalMs }) => [id, intervalMs]));
  made.set(network, intervals);
  return intervals;
}
