import type { JsonObject } from '../model/json.ts';
import { isAnother, isSeen, unitCheckOf, unitMark } from './unit-mark.ts';
import { type Verified, type VerifyGround, type Wanted, wordsOf } from './verify-restart.ts';

const betweenMs = 1000;

/**
 * Looks until the unit's facts have been what an action wants of them, for as many samples in a row as
 * make a change firm. What cannot be seen proves nothing.
 */
export async function verifyFacts(
  isDone: (facts: JsonObject) => boolean,
  wanted: Omit<Wanted, 'minimumMs'>,
  { clock, look, onLook, signal }: VerifyGround,
): Promise<Verified> {
  const startedMs = clock.monotonicMs();
  let good = 0;
  let goodSinceMs = 0;
  for (;;) {
    const seen = await look();
    const unit = unitCheckOf(seen);
    const isSo = unit !== null && isSeen(unit) && isDone(unit.facts);
    const nowMs = clock.monotonicMs();
    if (!isSo) good = 0;
    else if (good++ === 0) goodSinceMs = nowMs;
    onLook(seen, good);
    const after = unitMark(seen);
    const receipt = (more: Pick<Verified, 'verified' | 'note'>): Verified => ({
      ...{ before: wanted.before, after, isNew: isAnother(wanted.before, after) },
      ...{ stableSamples: good, wantedSamples: wanted.samples, minimumMs: 0 },
      ...{ stableMs: good > 0 ? Math.round(nowMs - goodSinceMs) : 0, ...more },
    });
    if (good >= wanted.samples) return receipt({ verified: true, note: seen.note });
    if (signal.aborted)
      return receipt({ verified: false, note: 'interrupted before it was verified' });
    if (nowMs - startedMs >= wanted.withinMs) {
      return receipt({ verified: false, note: `not so in time: ${wordsOf(seen)}` });
    }
    await clock.sleep(betweenMs, signal).catch(() => {});
  }
}
