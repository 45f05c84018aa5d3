import type { Check, Network } from '../model/check.ts';
import type { Health, NetworkState } from '../model/health.ts';
import { jitterShare } from '../model/jitter-share.ts';

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
  /** The next sample should have been here by now: from here on the age is shown. */
  readonly isLate: boolean;
}

/** Null when none of them has been measured; what is late counts before what is only old. */
export function ageOf(checks: readonly { readonly id: string }[], known: Judged): Age | null {
  let oldest: Age | null = null;
  for (const { id } of checks) {
    const health = known.state.health[id];
    if (!health) continue;
    const age = ageOfOne(id, health, known);
    if (!oldest || isWorse(age, oldest)) oldest = age;
  }
  return oldest;
}

function isWorse(a: Age, b: Age): boolean {
  return a.isLate === b.isLate ? a.intervals > b.intervals : a.isLate;
}

/** A poller that backs off announces a longer wait: that makes no sample younger. */
function ageOfOne(id: string, health: Health, { network, atMs }: Judged): Age {
  const { seenAt, waitMs } = health;
  const check = checksOf(network).get(id);
  const intervalMs = Math.max(1, Math.min(waitMs, check?.intervalMs ?? waitMs));
  const ageMs = atMs - Date.parse(seenAt);
  const graceMs = graceOf(health, check, intervalMs);
  const isLate = ageMs > Math.min(intervalMs + graceMs, intervalMs * oldAfterIntervals);
  return { ageMs, intervals: ageMs / intervalMs, isLate };
}

/** An answer that takes a little longer than the last one is not late. */
const slackMs = 1000;

/**
 * What an interval grows by before its next answer is late: what chance adds to the wait, and the
 * asking itself, which takes as long as it did the last time.
 */
function graceOf(
  { latencyMs, fault }: Health,
  check: Check | undefined,
  intervalMs: number,
): number {
  const waitedMs = fault?.code === 'timeout' ? (check?.timeoutMs ?? 0) : 0;
  const provedMs =
    check && provedByWatch.has(check.kind) ? Math.min(intervalMs, longestWatchMs) : 0;
  return intervalMs * jitterShare + (latencyMs ?? waitedMs) + provedMs + slackMs;
}

/** Read from a watch's cache, they are as old as its last proof, which is up to a watch old itself. */
const provedByWatch: ReadonlySet<string> = new Set(['k8s', 'cluster']);
const longestWatchMs = 10_000;

const made = new WeakMap<Network, ReadonlyMap<string, Check>>();

/** The checks by their ids. */
function checksOf(network: Network): ReadonlyMap<string, Check> {
  const known = made.get(network);
  if (known) return known;
  const checks = new Map(network.checks.map((check) => [check.id, check]));
  made.set(network, checks);
  return checks;
}
