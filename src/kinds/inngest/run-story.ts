import type { Run } from './read.ts';
import { attemptsOf, isEnded, type Span, stepsOf } from './run-spans.ts';

/** A line of a run's story. Its key within the run is the same whenever it is told again. */
export interface StoryLine {
  readonly run: string;
  readonly key: string;
  /** By the server's clock; null where the trace does not tell. */
  readonly atMs: number | null;
  readonly text: string;
}

type Piece = Omit<StoryLine, 'run'>;

/** What failed pieces said, by where that is kept. */
export type Words = ReadonlyMap<string, string>;

/** Where the words of all that has failed are kept. */
export function failedOutputs(trace: Span): readonly string[] {
  const steps = stepsOf(trace);
  return [trace, ...steps, ...steps.flatMap(attemptsOf)].flatMap(({ status, outputId }) =>
    status === 'FAILED' && outputId !== null ? [outputId] : [],
  );
}

/** A run in lines: its start, each step as it ends, each attempt that failed, its end. By time. */
export function storyOf(run: Run, trace: Span | null, words: Words): readonly StoryLine[] {
  const counts = new Map<string, number>();
  const steps = (trace ? stepsOf(trace) : []).flatMap((step) => {
    const nth = (counts.get(step.name) ?? 0) + 1;
    counts.set(step.name, nth);
    return stepLines(step, nth, words);
  });
  const lines = [...startLine(run), ...byTime(steps), ...endLine(run, trace, words)];
  return lines.map((line) => ({ ...line, run: run.id, text: `run ${run.id} ${line.text}` }));
}

function startLine({ status, queuedAt, startedAt, eventName, byCron }: Run): readonly Piece[] {
  if (startedAt === null) {
    const isWaiting = status === 'QUEUED';
    return isWaiting ? [{ key: 'queued', atMs: Date.parse(queuedAt), text: 'is queued' }] : [];
  }
  const by = byCron ? 'its cron' : (eventName ?? 'an event');
  return [{ key: 'start', atMs: Date.parse(startedAt), text: `started by ${by}` }];
}

function stepLines(step: Span, nth: number, words: Words): readonly Piece[] {
  const attempts = attemptsOf(step);
  const what = `${opOf(step)} ${step.name}`;
  const key = `${step.name} ${nth}`;
  const failed = attempts.flatMap((attempt, index) =>
    attempt.status === 'FAILED'
      ? [
          {
            key: `${key} attempt ${index + 1}`,
            atMs: attempt.endedMs,
            text: `${what}, attempt ${index + 1} failed${saidBy(attempt, words)}`,
          },
        ]
      : [],
  );
  if (!isEnded(step.status)) return failed;
  const tries = attempts.length > 1 ? `, ${attempts.length} attempts` : '';
  const said = attempts.length === 0 ? saidBy(step, words) : '';
  const end = `${what} ${step.status.toLowerCase()}${lasted(durationOf(step))}${tries}${said}`;
  return [...failed, { key: `${key} end`, atMs: step.endedMs, text: end }];
}

function endLine(run: Run, trace: Span | null, words: Words): readonly Piece[] {
  const { status, queuedAt, startedAt, endedAt } = run;
  if (!isEnded(status)) return [];
  const atMs = endedAt === null ? null : Date.parse(endedAt);
  const duration = atMs === null ? null : atMs - Date.parse(startedAt ?? queuedAt);
  const said = trace && status === 'FAILED' ? saidBy(trace, words) : '';
  return [{ key: 'end', atMs, text: `${status.toLowerCase()}${lasted(duration)}${said}` }];
}

/** By time; what tells none stays behind the one before it. */
export function byTime<T extends Pick<StoryLine, 'atMs'>>(lines: readonly T[]): readonly T[] {
  let lastMs = Number.NEGATIVE_INFINITY;
  return lines
    .map((line) => {
      lastMs = line.atMs ?? lastMs;
      return { line, ms: lastMs };
    })
    .sort((a, b) => (a.ms === b.ms ? 0 : a.ms - b.ms))
    .map(({ line }) => line);
}

function opOf({ op }: Span): string {
  return op === null || op === 'RUN' ? 'step' : op.toLowerCase().replaceAll('_', ' ');
}

function durationOf({ startedMs, endedMs, durationMs }: Span): number | null {
  return durationMs ?? (startedMs === null || endedMs === null ? null : endedMs - startedMs);
}

function lasted(ms: number | null): string {
  if (ms === null) return '';
  return ms < 1000 ? ` in ${ms} ms` : ` in ${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
}

function saidBy({ outputId }: Span, words: Words): string {
  const said = outputId === null ? undefined : words.get(outputId);
  return said === undefined ? '' : `: ${said}`;
}
