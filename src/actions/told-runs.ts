import type { Run } from '../kinds/inngest/read.ts';
import { isEnded } from '../kinds/inngest/run-spans.ts';
import { byTime, type StoryLine } from '../kinds/inngest/run-story.ts';

/** What has been told of runs, so that nothing is told twice. */
export interface ToldRuns {
  /** Those of which there may be more to tell. */
  open(runs: readonly Run[]): readonly Run[];
  /** The lines that were not told yet, by time: from now on they were. */
  tell(runs: readonly Run[], lines: readonly StoryLine[]): readonly StoryLine[];
  /** From when on runs must be asked for to miss none, in milliseconds since 1970. */
  fromMs(): number;
}

/** A run is listed a moment after it was queued. */
const lateMs = 60_000;

export function createToldRuns(sinceMs: number): ToldRuns {
  /** When each run that has ended was queued. */
  const done = new Map<string, number>();
  /** The lines of each run that goes on. */
  const told = new Map<string, Set<string>>();
  let fromMs = sinceMs;
  const end = ({ id, queuedAt }: Run): void => {
    done.set(id, Date.parse(queuedAt));
    told.delete(id);
  };
  const tellOf = (run: Run, lines: readonly StoryLine[]): readonly StoryLine[] => {
    const before = told.get(run.id) ?? new Set<string>();
    const fresh = lines.filter((line) => line.run === run.id && !before.has(line.key));
    told.set(run.id, new Set([...before, ...fresh.map(({ key }) => key)]));
    if (isEnded(run.status)) end(run);
    return fresh;
  };
  return {
    open: (runs) => runs.filter(({ id }) => !done.has(id)),
    tell: (runs, lines) => {
      const fresh = runs.flatMap((run) => tellOf(run, lines));
      fromMs = nextFrom(runs, fromMs);
      for (const [id, queuedMs] of done) if (queuedMs < fromMs) done.delete(id);
      return byTime(fresh);
    },
    fromMs: () => fromMs,
  };
}

/** The oldest that goes on, else a moment before the newest. */
function nextFrom(runs: readonly Run[], beforeMs: number): number {
  const queued = runs.map(({ queuedAt }) => Date.parse(queuedAt) - lateMs);
  const open = runs.filter(({ status }) => !isEnded(status));
  const oldestOpen = Math.min(...open.map(({ queuedAt }) => Date.parse(queuedAt)));
  return Math.max(beforeMs, Math.min(oldestOpen, Math.max(beforeMs, ...queued)));
}
