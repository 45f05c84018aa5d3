import type { JsonObject } from '../model/json.ts';
import { lastWordsOf } from '../model/last-words-of.ts';
import type { Receipt, UnitMark } from '../model/plan.ts';
import type { ServiceReport } from '../model/report.ts';
import type { Clock } from '../transports/contract.ts';
import { isAnother, unitCheckOf, unitMark } from './unit-mark.ts';

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

type Verified = Omit<Receipt, 'functions'>;

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
  for (;;) {
    const seen = await ground.look();
    const after = unitMark(seen);
    const nowMs = clock.monotonicMs();
    const isNew = isAnother(wanted.before, after);
    const receipt = (more: Pick<Receipt, 'verified' | 'note'>): Verified => ({
      ...{ before: wanted.before, after, isNew, stableSamples: good },
      ...{ wantedSamples: wanted.samples, minimumMs: wanted.minimumMs },
      ...{ stableMs: good > 0 ? Math.round(nowMs - goodSinceMs) : 0, ...more },
    });
    const died = came !== null && (isAnother(came, after) || !isWell(seen));
    if (died) return receipt({ verified: false, note: `it came up and died: ${wordsOf(seen)}` });
    if (isNew && isWell(seen)) {
      came ??= after;
      if (good++ === 0) goodSinceMs = nowMs;
    }
    ground.onLook(seen, good);
    const stableMs = good > 0 ? nowMs - goodSinceMs : 0;
    if (good >= wanted.samples && stableMs >= wanted.minimumMs) {
      return receipt({ verified: true, note: seen.note });
    }
    if (signal.aborted)
      return receipt({ verified: false, note: 'interrupted before it was verified' });
    if (nowMs - startedMs >= wanted.withinMs) {
      const isOld = !isNew && isWell(seen);
      const why = isOld ? 'it is still the one of before' : wordsOf(seen);
      return receipt({ verified: false, note: `not well in time: ${why}` });
    }
    await clock.sleep(betweenMs, signal).catch(() => {});
  }
}

/** Loops of before are told for a while, also of a unit that is well now: `degraded` is no bad news. */
function isWell(service: ServiceReport): boolean {
  const unit = unitCheckOf(service);
  const runs = unit?.state === 'up' || unit?.state === 'idle' || unit?.state === 'degraded';
  if (unit?.kind === 'k8s' && !(unit.state === 'up' && isRolledOut(unit.facts))) return false;
  const bad = service.checks.some(({ state }) => state === 'down' || state === 'unknown');
  return runs && !bad;
}

/** Between two pods of a rollout all may be ready, and the next one has still to go. */
function isRolledOut({ rollingTo, isBehind, updatedReplicas, wanted }: JsonObject): boolean {
  return rollingTo === null && isBehind === false && updatedReplicas === wanted;
}

function wordsOf(service: ServiceReport): string {
  const said = service.checks.map(({ facts }) => lastWordsOf(facts)).find((one) => one !== null);
  const state = `${service.state}: ${service.note}`;
  return said ? `${state}; it said: ${said.text}` : state;
}
