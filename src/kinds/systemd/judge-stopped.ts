import type { Verdict } from '../../model/result.ts';
import type { UnitFacts } from './facts.ts';
import { neverRan } from './last-exit.ts';

/**
 * Between two states: known to be slow only when samples have seen it for longer than its timeout.
 * A reload interrupts nothing, and its note says what it waits for.
 */
export function judgeChanging(facts: UnitFacts): Verdict {
  const { activeState, subState, changingSeconds, limitSeconds } = facts;
  const isLong = (changingSeconds ?? 0) > limitSeconds;
  const isReload = activeState === 'reloading' || activeState === 'refreshing';
  if (isReload && /^(?:reload|reload-signal|reload-notify|reloading)$/.test(subState)) {
    return isLong
      ? { state: 'degraded', note: `does not get past "${subState}"` }
      : { state: 'up', note: 'running, reloads its configuration' };
  }
  if (isLong) return { state: 'down', note: `does not get past "${activeState} (${subState})"` };
  const now = activeState === 'activating' ? 'starting' : isReload ? 'reloading' : 'stopping';
  return { state: 'unknown', note: now };
}

/** Its last run has failed. */
export function judgeEnded({ badExit, lastExit, startLimitHit }: UnitFacts): Verdict {
  const limit = startLimitHit ? '; not started any more: start limit hit' : '';
  if (neverRan(lastExit)) {
    const look = 'look at its program, folder, user and paths';
    return { state: 'down', note: `never ran: exit ${lastExit}; ${look}${limit}` };
  }
  return { state: 'down', note: `failed: ${badExit ?? 'its result is not told'}${limit}` };
}

/** Off: well for what waits to be triggered and for a oneshot, whose work is done. */
export function judgeInactive(facts: UnitFacts): Verdict {
  const { unitType, serviceType, triggeredBy, remainAfterExit, unitFileState, badExit } = facts;
  const isOneshot = serviceType === 'oneshot' && !remainAfterExit;
  if (unitType === 'service' && (isOneshot || triggeredBy.length > 0)) return judgeIdle(facts);
  if (badExit !== null) return { state: 'down', note: `inactive after ${badExit}` };
  const off = unitFileState === 'disabled' ? 'inactive, and not enabled' : 'inactive';
  return { state: 'down', note: off };
}

function judgeIdle({ subState, badExit, lastExit, serviceType, triggeredBy }: UnitFacts): Verdict {
  if (!/^dead(?:-resources-pinned)?$/.test(subState)) {
    return {
      state: 'unknown',
      note: `its state "inactive (${subState})" is not known to this version`,
    };
  }
  if (badExit !== null) return { state: 'degraded', note: `its last run ended with ${badExit}` };
  const what = serviceType === 'oneshot' ? 'oneshot' : `waits for ${triggeredBy.join(', ')}`;
  if (lastExit === null) return { state: 'idle', note: `${what}, has not run since it was loaded` };
  return { state: 'idle', note: `${what}, last run ended well` };
}
