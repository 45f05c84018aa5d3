import type { Health } from '../model/health.ts';
import { jitterShare } from '../model/jitter-share.ts';
import type { State } from '../model/state.ts';

/** The most intervals that a dead target is left alone for. */
export const longestBackOff = 3;

/**
 * How many intervals to wait after a result: one, until a `down` is confirmed; then one more with
 * each further failure, up to three. Any other state brings it back to one.
 */
export function nextBackOff(level: number, known: Health | undefined, now: State): number {
  const deadForSure = known?.confirmed.state === 'down' && now === 'down';
  return deadForSure ? Math.min(level + 1, longestBackOff) : 1;
}

/** A wait that chance makes longer or shorter; `random` is within [0, 1). */
export function jittered(waitMs: number, random: number): number {
  return Math.round(waitMs * (1 - jitterShare + random * (2 * jitterShare)));
}
