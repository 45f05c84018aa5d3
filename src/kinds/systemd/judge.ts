import type { Verdict } from '../../model/result.ts';
import { classOf } from '../../model/state.ts';
import type { Previous } from '../contract.ts';
import { judgeAround } from '../unit/judge-around.ts';
import { isAtWork, isChanging, isRestartDue } from './changing.ts';
import type { SystemdFacts, UnitFacts } from './facts.ts';
import { judgeActive, notKnown } from './judge-active.ts';
import { judgeChanging, judgeEnded, judgeInactive } from './judge-stopped.ts';

/** Why a unit could not be started (again), by its LoadState. */
const unloaded: Readonly<Record<string, string>> = {
  'not-found': 'there is no such unit',
  masked: 'masked: it cannot be started',
  'bad-setting': 'its file has a bad setting, so it cannot be started',
  error: 'its file cannot be read, so it cannot be started',
};

const unloadedButActive: Readonly<Record<string, string>> = {
  'not-found': 'runs, but its file is gone',
  masked: 'runs, but is masked: it would not start again',
  'bad-setting': 'runs, but its file has a bad setting: it would not start again',
  error: 'runs, but its file cannot be read: it would not start again',
};

const changedFile = 'its file was changed: systemctl daemon-reload';

/**
 * A service must have run into `active` and stay there; what waits for its trigger must have ended
 * well. What is not understood is unknown, never up.
 */
export function judge(facts: SystemdFacts, previous: Previous | null): Verdict {
  return judgeAround(judgeUnit(facts, previous), facts, previous);
}

function judgeUnit(facts: UnitFacts, previous: Previous | null): Verdict {
  if (facts.isCutOff) return { state: 'unknown', note: 'what systemctl show says is cut off' };
  const verdict = judgeLoaded(facts, previous);
  if (!facts.needsDaemonReload) return verdict;
  if (classOf(verdict.state) === 'good') return { state: 'degraded', note: changedFile };
  return { ...verdict, note: `${verdict.note}; ${changedFile}` };
}

function judgeLoaded(facts: UnitFacts, previous: Previous | null): Verdict {
  const { loadState, activeState } = facts;
  if (loadState === 'loaded') return judgeState(facts, previous);
  const runs = activeState === 'active' && unloadedButActive[loadState];
  if (runs) return { state: 'degraded', note: runs };
  const why = unloaded[loadState];
  if (why !== undefined) return { state: 'down', note: why };
  return notKnown(`load state "${loadState}"`);
}

function judgeState(facts: UnitFacts, previous: Previous | null): Verdict {
  if (isRestartDue(facts)) {
    const after = facts.badExit === null ? '' : ` after ${facts.badExit}`;
    return { state: 'down', note: `waits to be started again${after}` };
  }
  if (isChanging(facts)) return judgeChanging(facts);
  if (isAtWork(facts)) return { state: 'up', note: 'running' };
  switch (facts.activeState) {
    case 'active':
      return judgeActive(facts, previous);
    case 'inactive':
      return judgeInactive(facts);
    case 'failed':
      return judgeEnded(facts);
    case 'maintenance':
      return { state: 'unknown', note: 'its files are being cleaned' };
    default:
      return notKnown(`state "${facts.activeState}"`);
  }
}
