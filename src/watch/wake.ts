import type { Health, NetworkState } from '../model/health.ts';

/** Two readings of the same moment: the wall's clock may jump, the other may stand still in sleep. */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/**
 * Whether the machine slept, the process was stopped or somebody set the clock between two moments:
 * either clock moved further than planned by more than `slackMs`, or the wall's went back.
 */
export function clockJumped(
  before: Moment,
  now: Moment,
  more: { plannedMs: number; slackMs: number },
): boolean {
  const wall = now.wallMs - before.wallMs;
  const monotonic = now.monotonicMs - before.monotonicMs;
  const late = Math.max(wall, monotonic) - more.plannedMs > more.slackMs;
  return late || wall < monotonic - more.slackMs;
}

/** After a gap, results are no longer "in a row": counts start anew, what was confirmed stays. */
export function forgetStreaks(state: NetworkState): NetworkState {
  const forget = (health: Health): Health => ({
    ...health,
    streak: { toward: null, n: 0, of: health.streak.of },
  });
  const health = Object.entries(state.health).map(([id, one]) => [id, forget(one)] as const);
  return { ...state, health: Object.fromEntries(health) };
}
