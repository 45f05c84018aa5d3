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

/** Nobody knows what happened in a longer time than this without a sample. */
const unwatchedMs = 3_600_000;

/**
 * A state that was kept on disk, as it is worth now: what was not looked at for an hour and for
 * three waits is no longer "in a row", nor has it been so "without a break".
 */
export function afterBreak(state: NetworkState, nowMs: number): NetworkState {
  const since = new Date(nowMs).toISOString();
  const health = Object.entries(state.health).map(([id, one]) => {
    const awayMs = Math.abs(nowMs - Date.parse(one.seenAt));
    const isBroken = awayMs > Math.max(unwatchedMs, 3 * one.waitMs);
    return [id, isBroken ? { ...forgetStreak(one), since, unwatchedUntil: null } : one] as const;
  });
  return { ...state, health: Object.fromEntries(health) };
}

/** After a gap, results are no longer "in a row": counts start anew, what was confirmed stays. */
export function forgetStreaks(state: NetworkState): NetworkState {
  const health = Object.entries(state.health).map(([id, one]) => [id, forgetStreak(one)] as const);
  return { ...state, health: Object.fromEntries(health) };
}

function forgetStreak(health: Health): Health {
  return { ...health, streak: { toward: null, n: 0, of: health.streak.of } };
}
