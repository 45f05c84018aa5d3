import type { Network } from '../model/check.ts';
import type { NetworkState } from '../model/health.ts';

/** How old what is shown is. `agedMs` is the age of the oldest sample once that is too old. */
export interface Freshness {
  readonly measured: number;
  readonly checks: number;
  readonly agedMs: number | null;
}

/** An age is shown from here on: one wait, and half a one for the measuring itself. */
export const agedAfterWaits = 1.5;

/** From here on a row is dim, and the header no longer says `live`. */
export const oldAfterWaits = 2;

/** The age of a network's samples at a moment; a check never measured has none. */
export function freshnessOf(network: Network, state: NetworkState, atMs: number): Freshness {
  let measured = 0;
  let agedMs: number | null = null;
  for (const { id } of network.checks) {
    const health = state.health[id];
    if (!health) continue;
    measured++;
    const ageMs = atMs - Date.parse(health.seenAt);
    if (ageMs > oldAfterWaits * health.waitMs) agedMs = Math.max(agedMs ?? 0, ageMs);
  }
  return { measured, checks: network.checks.length, agedMs };
}

/** The oldest of some checks: its age, and how many of its waits that is. */
export interface Age {
  readonly ageMs: number;
  readonly waits: number;
}

/** Null when none of them has been measured. */
export function ageOf(
  checks: readonly { readonly id: string }[],
  state: NetworkState,
  atMs: number,
): Age | null {
  let oldest: Age | null = null;
  for (const { id } of checks) {
    const health = state.health[id];
    if (!health) continue;
    const ageMs = atMs - Date.parse(health.seenAt);
    const waits = ageMs / Math.max(1, health.waitMs);
    if (!oldest || waits > oldest.waits) oldest = { ageMs, waits };
  }
  return oldest;
}
