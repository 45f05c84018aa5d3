import type { Verdict } from '../../model/result.ts';
import type { LoadedFacts } from './facts.ts';
import { exitInWords } from './last-exit.ts';

/** launchd puts timers together to save power, and a start takes its time. */
const overdueGraceSeconds = 60;

const words: Readonly<Record<LoadedFacts['jobKind'], string>> = {
  service: 'service',
  interval: 'StartInterval job',
  calendar: 'calendar job',
  watcher: 'WatchPaths watcher',
  'one-shot': 'one-shot',
};

/** Between two runs: the last one tells. */
export function judgeJob(facts: LoadedFacts): Verdict {
  const { state, jobKind, lastExit, runs, runAtLoad } = facts;
  if (lastExit === null) {
    return { state: 'unknown', note: `${state}, and how its last run ended is not told` };
  }
  if (lastExit === 'never') {
    const overdue = runAtLoad && runs === 0;
    return overdue
      ? { state: 'degraded', note: 'was to run when it was loaded, and has not' }
      : { state: 'idle', note: `${words[jobKind]}, has not run yet` };
  }
  if (lastExit === '0' && isOverdue(facts)) {
    return { state: 'degraded', note: 'overdue: it has not started for twice its interval' };
  }
  if (lastExit === '0') return { state: 'idle', note: `${words[jobKind]}, last exit 0` };
  return { state: 'degraded', note: `its last run ended with ${exitInWords(lastExit)}` };
}

function isOverdue({ waitedSeconds, intervalSeconds }: LoadedFacts): boolean {
  if (waitedSeconds === null || intervalSeconds === null) return false;
  return waitedSeconds > 2 * intervalSeconds + overdueGraceSeconds;
}
