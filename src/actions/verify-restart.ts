import { lastWordsOf } from '../model/last-words-of.ts';
import type { Receipt, UnitMark } from '../model/plan.ts';
import type { ServiceReport } from '../model/report.ts';
import type { Clock } from '../transports/contract.ts';
import { isAnother, unitCheckOf, unitMark } from './unit-mark.ts';
import { wellnessOf } from './unit-wellness.ts';

export interface VerifyGround {
  readonly clock: Clock;
  /** A fresh sample of the service. */
  look(): Promise<ServiceReport>;
  /** Told after each look. */
  onLook(seen: ServiceReport, good: number): void;
  readonly signal: AbortSignal;
}

export interface Wanted {
  readonly before: UnitMark;
  /** Good samples in a row. */
  readonly samples: number;
  /** For how long they must last, by the unit's own rule for having come up. */
  readonly minimumMs: number;
  /** It must be verified within this. */
  readonly withinMs: number;
}

export type Verified = Omit<Receipt, 'functions'>;

const betweenMs = 1000;

/**
 * Looks until the unit is another one than before and has been well for as long as is wanted. One that
 * comes up and changes again has not been restarted, and is not waited for.
 */
export async function verifyRestart(wanted: Wanted, ground: VerifyGround): Promise<Verified> {
  const { clock, signal } = ground;
  const startedMs = clock.monotonicMs();
  let good = 0;
  let goodSinceMs = 0;
  let came: UnitMark | null = null;
  let last = wanted.before;
  for (;;) {
    const seen = await ground.look();
    // A look that was broken off has seen nothing.
    const after = signal.aborted ? last : unitMark(seen);
    last = after;
    const nowMs = clock.monotonicMs();
    const isNew = isAnother(wanted.before, after);
    const receipt = (more: Pick<Receipt, 'verified' | 'note'>): Verified => ({
      ...{ before: wanted.before, after, isNew, stableSamples: good },
      ...{ wantedSamples: wanted.samples, minimumMs: wanted.minimumMs },
      ...{ stableMs: good > 0 ? Math.round(nowMs - goodSinceMs) : 0, ...more },
    });
    if (signal.aborted)
      return receipt({ verified: false, note: 'interrupted before it was verified' });
    const wellness = wellnessOf(seen);
    const died = came !== null && (isAnother(came, after) || wellness === 'bad');
    if (died || (isNew && hasEnded(seen))) {
      good = 0;
      return receipt({ verified: false, note: `it came up and died: ${wordsOf(seen)}` });
    }
    // A look that failed proves nothing, neither way: the row of good ones begins anew.
    if (wellness === 'unmeasured') good = 0;
    else if (isNew && wellness === 'good') {
      came ??= after;
      if (good++ === 0) goodSinceMs = nowMs;
    }
    ground.onLook(seen, good);
    const stableMs = good > 0 ? nowMs - goodSinceMs : 0;
    if (good >= wanted.samples && stableMs >= wanted.minimumMs) {
      return receipt({ verified: true, note: seen.note });
    }
    if (nowMs - startedMs >= wanted.withinMs) {
      const isOld = !isNew && wellness === 'good';
      const why = isOld ? 'it is still the one of before' : wordsOf(seen);
      return receipt({ verified: false, note: `not well in time: ${why}` });
    }
    await clock.sleep(betweenMs, signal).catch(() => {});
  }
}

/** Its manager has given it up: it does not come by itself any more. */
function hasEnded(service: ServiceReport): boolean {
  return unitCheckOf(service)?.facts['activeState'] === 'failed';
}

/** How it is, with the last that it said. */
export function wordsOf(service: ServiceReport): string {
  const said = service.checks.map(({ facts }) => lastWordsOf(facts)).find((one) => one !== null);
  const state = service.note === '' ? service.state : `${service.state}: ${service.note}`;
  return said ? `${state}; it said: ${said.text}` : state;
}
