import type { Receipt, UnitMark } from '../model/plan.ts';
import { isAnother } from './unit-mark.ts';
import type { Verified, VerifyGround, Wanted } from './verify-restart.ts';

const betweenMs = 1000;

/** What was seen of the thing that was acted on. */
export interface Look {
  readonly mark: UnitMark;
  /** It is as the action wants it; what could not be seen is not. */
  readonly isSo: boolean;
  /** How it is, for who waits in vain. */
  readonly words: string;
}

interface LookGround extends Omit<VerifyGround, 'look' | 'onLook'> {
  look(): Promise<Look>;
  onLook(mark: UnitMark, good: number): void;
}

/** Looks until it is as it is wanted, for as many samples in a row as make a change firm. */
export async function verifyFacts(
  wanted: Omit<Wanted, 'minimumMs'>,
  { clock, look, onLook, signal }: LookGround,
): Promise<Verified> {
  const startedMs = clock.monotonicMs();
  let good = 0;
  let goodSinceMs = 0;
  let last = wanted.before;
  for (;;) {
    const { mark, isSo, words } = await look();
    // A look that was broken off has seen nothing.
    const after = signal.aborted ? last : mark;
    last = after;
    const nowMs = clock.monotonicMs();
    if (!isSo || signal.aborted) good = 0;
    else if (good++ === 0) goodSinceMs = nowMs;
    if (!signal.aborted) onLook(after, good);
    const receipt = (more: Pick<Receipt, 'verified' | 'note'>): Verified => ({
      ...{ before: wanted.before, after, isNew: isAnother(wanted.before, after) },
      ...{ stableSamples: good, wantedSamples: wanted.samples, minimumMs: 0 },
      ...{ stableMs: good > 0 ? Math.round(nowMs - goodSinceMs) : 0, ...more },
    });
    if (good >= wanted.samples) return receipt({ verified: true, note: after.note });
    if (signal.aborted)
      return receipt({ verified: false, note: 'interrupted before it was verified' });
    if (nowMs - startedMs >= wanted.withinMs) {
      return receipt({ verified: false, note: `not so in time: ${words}` });
    }
    await clock.sleep(betweenMs, signal).catch(() => {});
  }
}
