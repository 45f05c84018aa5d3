import type { Verdict } from '../../model/result.ts';
import type { UnitFacts } from './facts.ts';

/** A timer that waits is as well as the last run of its unit, and must have a next time. */
export function judgeTimer({ timer, subState }: UnitFacts, doing: Verdict): Verdict {
  if (timer === null) return doing;
  const { triggers, triggered, elapses, overdue, lastAt } = timer;
  const run = triggers ?? 'its unit';
  if (triggered && triggered.loadState !== 'loaded') {
    return { state: 'degraded', note: `it starts ${run}, which is ${triggered.loadState}` };
  }
  if (triggered && triggered.badExit !== null) {
    return { state: 'degraded', note: `the last run of ${run} ended with ${triggered.badExit}` };
  }
  if (subState === 'elapsed') {
    return lastAt === null
      ? { state: 'degraded', note: 'never elapses: its times are past' }
      : { state: 'idle', note: 'timer, has elapsed for the last time' };
  }
  if (subState !== 'waiting') return doing;
  if (!elapses) return { state: 'degraded', note: 'waits, but has no next time' };
  if (overdue)
    return { state: 'degraded', note: 'overdue: its time has passed and it still waits' };
  if (triggered === null) {
    return { state: 'unknown', note: `how the last run of ${run} ended is not told` };
  }
  return {
    ...doing,
    note: lastAt === null ? 'timer, has not elapsed yet' : 'timer, last run ended well',
  };
}
