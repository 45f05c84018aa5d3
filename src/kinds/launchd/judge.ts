import type { Verdict } from '../../model/result.ts';
import type { Previous } from '../contract.ts';
import { judgeAround } from '../unit/judge-around.ts';
import type { LaunchdFacts, LoadedFacts, MissingFacts } from './facts.ts';
import { judgeJob } from './judge-job.ts';
import { exitInWords } from './last-exit.ts';

/** States that last milliseconds: on the way up, and on the way down. */
const comingUp: ReadonlySet<string> = new Set(['spawning', 'xpcproxy', 'spawned']);
const goingDown: ReadonlySet<string> = new Set(['SIGTERMed', 'SIGKILLed']);
/** `waiting` is what `not running` was before OS X 10.10. */
const resting: ReadonlySet<string> = new Set(['not running', 'waiting', 'exited', 'languishing']);
const scheduled = 'spawn scheduled';

/** launchd's ThrottleInterval where it does not tell. */
const usualMinimumSeconds = 10;

/** A loop of five minutes at one start in ten seconds: the least that one sample calls many. */
const manyStarts = 30;

/**
 * A service must have a process; a job that waits for its clock, its file or its next load must have
 * ended well. What is not understood is unknown, never up.
 */
export function judge(facts: LaunchdFacts, previous: Previous | null): Verdict {
  if (facts.domain === null) return judgeMissing(facts);
  return judgeAround(judgeLoaded(facts, previous), facts, previous);
}

function judgeLoaded(facts: LoadedFacts, previous: Previous | null): Verdict {
  const { state } = facts;
  if (state === 'running') return judgeRunning(facts, previous);
  if (isChanging(facts)) return judgeChanging(facts);
  if (state === scheduled || resting.has(state)) return judgeStopped(facts);
  return { state: 'unknown', note: `its state "${state}" is not known to this version` };
}

/** Whether it is between two states: a start that is due is one, unless the last run has failed. */
export function isChanging({
  state,
  runs,
  jobKind,
  held,
  badExit,
  jobState,
}: Pick<LoadedFacts, 'state' | 'runs' | 'jobKind' | 'held' | 'badExit' | 'jobState'>): boolean {
  if (comingUp.has(state) || goingDown.has(state)) return true;
  if (state !== scheduled || held !== null || badExit !== null) return false;
  return jobState !== 'spawn failed' && (runs === 0 || jobKind !== 'service');
}

function judgeMissing({ disabled, doubt, path }: MissingFacts): Verdict {
  if (disabled === true) return { state: 'down', note: 'disabled, and not loaded' };
  if (doubt !== null) return { state: 'unknown', note: doubt };
  const where = path === null ? 'no plist of that name is found' : `though ${path} is there`;
  return { state: 'down', note: `not loaded, ${where}` };
}

/** A last exit beside a process is of the run before: many starts must come with it to be a hint. */
function judgeRunning(facts: LoadedFacts, previous: Previous | null): Verdict {
  const { pid, runs, badExit, immediateReason, isCutOff } = facts;
  if (pid === null) return { state: 'unknown', note: 'said to be running, without a process' };
  const respawned = immediateReason === 'inefficient' && (runs ?? 0) >= manyStarts;
  if (previous === null && respawned && badExit !== null) {
    return {
      state: 'degraded',
      note: `running, after many restarts: the last run ended with ${badExit}`,
    };
  }
  if (isCutOff) return { state: 'unknown', note: 'what launchctl print says is cut off' };
  if (isYoung(facts, previous)) {
    return {
      state: 'degraded',
      note: 'started again, and has not run for its minimum runtime yet',
    };
  }
  return { state: 'up', note: 'running' };
}

/** A start after a bad exit is counted from the second sample on: that is told there. */
function isYoung(
  { jobKind, badExit, runningSeconds, minimumRuntimeSeconds }: LoadedFacts,
  previous: Previous | null,
): boolean {
  if (jobKind !== 'service' || runningSeconds === null) return false;
  const isNews = previous === null || badExit === null;
  return isNews && runningSeconds < (minimumRuntimeSeconds ?? usualMinimumSeconds);
}

function judgeChanging({ state, changingSeconds, minimumRuntimeSeconds }: LoadedFacts): Verdict {
  if ((changingSeconds ?? 0) > (minimumRuntimeSeconds ?? usualMinimumSeconds)) {
    return { state: 'down', note: `does not get past "${state}"` };
  }
  return { state: 'unknown', note: goingDown.has(state) ? 'stopping' : 'starting' };
}

function judgeStopped(facts: LoadedFacts): Verdict {
  const { state, jobKind, lastExit, jobState, held, disabled } = facts;
  const reached = jobState !== 'spawn failed' && !/^78\b/.test(lastExit ?? '');
  if (!reached) return { state: 'down', note: neverRan(lastExit) };
  if (disabled === true) return { state: 'down', note: `disabled, and ${state}` };
  const isService = jobKind === 'service';
  if (held !== null) {
    const note = `held: launchd puts its start off (${held}) until it is kickstarted`;
    return { state: isService ? 'down' : 'degraded', note };
  }
  if (isService || state === scheduled) return { state: 'down', note: afterExit(state, lastExit) };
  return judgeJob(facts);
}

/** launchd could not set the process up, so there is nothing in its log to look for. */
function neverRan(lastExit: string | null): string {
  const why = /\((.*)\)/.exec(lastExit ?? '')?.[1] ?? exitInWords(lastExit ?? 'spawn failed');
  return `never ran: its log is empty (${why}); look at its program, folder, user and log paths`;
}

function afterExit(state: string, lastExit: string | null): string {
  if (lastExit === null || lastExit === 'never') return state;
  return `${state} after ${exitInWords(lastExit)}`;
}
