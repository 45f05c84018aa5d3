import type { Verdict } from '../../model/result.ts';
import type { State } from '../../model/state.ts';
import type { Previous } from '../contract.ts';
import type { UnitFacts } from './facts.ts';
import { judgeTimer } from './judge-timer.ts';

/** What a unit that is `active` does, by its type and systemd's word for it (unit-def.c). */
const doing: Readonly<Record<string, readonly [State, string]>> = {
  'service running': ['up', 'running'],
  'socket listening': ['idle', 'listening'],
  'socket running': ['up', 'running'],
  'path waiting': ['idle', 'waiting for its path'],
  'path running': ['up', 'its unit runs'],
  'timer waiting': ['idle', 'timer, waiting'],
  'timer running': ['up', 'its unit runs'],
  'mount mounted': ['up', 'mounted'],
  'automount waiting': ['idle', 'waiting to be mounted'],
  'automount running': ['up', 'mounted'],
  'target active': ['up', 'reached'],
  'slice active': ['up', 'active'],
  'scope running': ['up', 'running'],
  'swap active': ['up', 'active'],
  'device plugged': ['up', 'plugged in'],
};

/** At the first look, this many restarts beside a process that has just begun are called many. */
const manyRestarts = 5;
const justBegunSeconds = 60;

/** A unit that is `active`: what that means differs by its type. */
export function judgeActive(facts: UnitFacts, previous: Previous | null): Verdict {
  const { unitType, subState, remainAfterExit, starts, runningSeconds } = facts;
  if (unitType === 'service' && subState === 'exited' && remainAfterExit) {
    return { state: 'up', note: 'done, and counts as active' };
  }
  const isYoung = runningSeconds !== null && runningSeconds < justBegunSeconds;
  if (previous === null && isYoung && (starts ?? 0) >= manyRestarts) {
    return { state: 'degraded', note: 'running, after many restarts' };
  }
  return unitType === 'timer' ? judgeTimer(facts, doingNow(facts)) : doingNow(facts);
}

function doingNow({ unitType, subState }: UnitFacts): Verdict {
  const known = doing[`${unitType} ${subState}`];
  return known ? { state: known[0], note: known[1] } : notKnown(`state "active (${subState})"`);
}

/** A word that is not understood is unknown, never up. */
export function notKnown(what: string): Verdict {
  return { state: 'unknown', note: `its ${what} is not known to this version` };
}
