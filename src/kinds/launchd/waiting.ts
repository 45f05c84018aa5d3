import type { ObserveContext } from '../contract.ts';
import type { LoadedFacts } from './facts.ts';

/** A gap between two samples that is longer than this may be the machine's sleep, when no timer ticks. */
const longestGapMs = 60_000;

/** For how long samples, one soon after the other, have seen a timer not start. */
export function waitingFacts(
  {
    jobKind,
    pid,
    runs,
    intervalSeconds,
  }: Pick<LoadedFacts, 'jobKind' | 'pid' | 'runs' | 'intervalSeconds'>,
  { previous, transports }: ObserveContext,
): Pick<LoadedFacts, 'seenAtMs' | 'waitedSeconds'> {
  if (jobKind !== 'interval' || intervalSeconds === null || pid !== null) {
    return { seenAtMs: null, waitedSeconds: null };
  }
  const seenAtMs = transports.clock.now();
  const { runs: runsBefore, seenAtMs: beforeMs, waitedSeconds: before } = previous?.facts ?? {};
  const gapMs = typeof beforeMs === 'number' ? seenAtMs - beforeMs : Number.POSITIVE_INFINITY;
  const goesOn = runsBefore === runs && gapMs >= 0 && gapMs <= longestGapMs;
  const waited = goesOn && typeof before === 'number' ? before + gapMs / 1000 : 0;
  return { seenAtMs, waitedSeconds: waited };
}
