import type { Clock } from '../../transports/contract.ts';

/** How far another clock is ahead of ours (behind: negative), as far as one question can tell. */
export interface Skew {
  /** The least that explains the answer: a slow round trip makes it 0, never more than it is. */
  readonly leastSeconds: number;
  /** How wide the answer leaves it open. */
  readonly doubtSeconds: number;
}

/** Both clocks of ours at one moment. */
export interface Instant {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** Now, by both clocks. */
export function instantOf(clock: Clock): Instant {
  return { wallMs: clock.now(), monotonicMs: clock.monotonicMs() };
}

/** Our own clock was set while we waited: nothing can be told of the other. */
const jumpMs = 1000;

/**
 * The other clock showed a whole second, `remoteSeconds`, at some moment between the two instants.
 * Null when that cannot be held against ours.
 */
export function skewOf(remoteSeconds: number, asked: Instant, answered: Instant): Skew | null {
  const waitedMs = answered.monotonicMs - asked.monotonicMs;
  if (Math.abs(answered.wallMs - asked.wallMs - waitedMs) > jumpMs) return null;
  const least = remoteSeconds - answered.wallMs / 1000;
  const most = remoteSeconds + 1 - asked.wallMs / 1000;
  const nearest = least > 0 ? least : Math.min(most, 0);
  return { leastSeconds: Math.trunc(nearest) + 0, doubtSeconds: most - least };
}
