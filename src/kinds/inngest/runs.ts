import { cadenceOf, schedulesOf } from './cadence.ts';
import type { FunctionFacts, Heard, LastRun, RunInFlight } from './facts.ts';
import type { Run, Trigger } from './read.ts';
import type { RememberedFunction } from './remembered.ts';

const dayMs = 86_400_000;
/** A run that takes longer has most likely lost its worker. */
const ghostMs = 30 * 60_000;

type RunFacts = Pick<
  FunctionFacts,
  | 'knownSince'
  | 'cadenceMs'
  | 'cronsSince'
  | 'lastRun'
  | 'lastEnded'
  | 'lastCompletedAt'
  | 'runningSince'
  | 'overdue'
  | 'inFlight'
  | 'runs24h'
>;

export interface RunsOf {
  readonly triggers: readonly Trigger[];
  /** Newest first. */
  readonly runs: readonly Run[];
  readonly before: RememberedFunction | undefined;
  readonly heard: Pick<Heard, 'nowMs' | 'errors' | 'runsTrouble'>;
}

/** What its runs say of a function; what lies further back than they do is remembered. */
export function runFacts({ triggers, runs, before, heard }: RunsOf): RunFacts {
  const { nowMs } = heard;
  const knownSince = before?.knownSince ?? new Date(nowMs).toISOString();
  const cadenceMs = cadenceOf(triggers, nowMs);
  const cronsSince = cronsSinceOf(triggers, before, nowMs);
  const words = new Map([...wordsBefore(before), ...heard.errors]);
  const completed = runs.filter(({ status }) => status === 'COMPLETED');
  // A start by an event must not hide that the cron is silent.
  const byCron = completed.find((run) => run.byCron) ?? null;
  const lastCompletedAt =
    endOf(cadenceMs === null ? (completed[0] ?? null) : byCron) ??
    before?.lastCompletedAt ??
    endOf(completed[0] ?? null);
  const ghost = runs.findLast(
    ({ status, startedAt }) =>
      status === 'RUNNING' && startedAt !== null && nowMs - Date.parse(startedAt) > ghostMs,
  );
  const today = runs.filter(({ queuedAt }) => nowMs - Date.parse(queuedAt) <= dayMs);
  const count = (status: string): number => today.filter((run) => run.status === status).length;
  return {
    knownSince,
    cadenceMs,
    cronsSince,
    lastRun: lastOf(runs, settled(before), words),
    lastEnded: lastOf(runs.filter(hasEnded), before?.lastEnded, words),
    lastCompletedAt,
    runningSince: ghost?.startedAt ?? null,
    // Of runs that were not told nobody knows whether they came.
    overdue:
      heard.runsTrouble === null &&
      isOverdue({ cadenceMs, lastCompletedAt, knownSince, cronsSince }, nowMs),
    inFlight: heard.runsTrouble === null ? inFlightOf(runs) : null,
    runs24h: {
      completed: count('COMPLETED'),
      failed: count('FAILED'),
      running: count('RUNNING'),
      queued: count('QUEUED'),
    },
  };
}

/** More than these are not told one by one. */
const mostInFlight = 10;

function inFlightOf(runs: readonly Run[]): readonly RunInFlight[] {
  const open = runs.filter(({ status }) => status === 'RUNNING' || status === 'QUEUED');
  return open
    .toReversed()
    .slice(0, mostInFlight)
    .map(({ id, status, startedAt, queuedAt }) => ({ id, status, at: startedAt ?? queuedAt }));
}

/**
 * One that has never completed a run is given a whole cadence since it was first seen, and so is one
 * whose crons were changed: what it completed before says nothing of them.
 */
function isOverdue(
  {
    cadenceMs,
    lastCompletedAt,
    knownSince,
    cronsSince,
  }: Pick<FunctionFacts, 'cadenceMs' | 'lastCompletedAt' | 'knownSince' | 'cronsSince'>,
  nowMs: number,
): boolean {
  if (cadenceMs === null) return false;
  if (cronsSince !== null && nowMs - Date.parse(cronsSince) <= cadenceMs) return false;
  if (lastCompletedAt === null) return nowMs - Date.parse(knownSince) > cadenceMs;
  return nowMs - Date.parse(lastCompletedAt) > 2 * cadenceMs;
}

function cronsSinceOf(
  triggers: readonly Trigger[],
  before: RememberedFunction | undefined,
  nowMs: number,
): string | null {
  if (before === undefined) return null;
  const crons = (all: readonly Trigger[]): string => schedulesOf(all).toSorted().join('\n');
  return crons(triggers) === crons(before.triggers)
    ? before.cronsSince
    : new Date(nowMs).toISOString();
}

function endOf(run: Run | null): string | null {
  return run && (run.endedAt ?? run.queuedAt);
}

/** Whether it has come to an end that says how well the function works. */
export function hasEnded({ status }: Run): boolean {
  return status === 'COMPLETED' || status === 'FAILED';
}

/** One that was still running and is not heard of any more has ended, nobody knows how. */
function settled(before: RememberedFunction | undefined): LastRun | null {
  const { lastRun = null, lastEnded = null } = before ?? {};
  return lastRun && /^(?:RUNNING|QUEUED)$/.test(lastRun.status) ? lastEnded : lastRun;
}

function wordsBefore(before: RememberedFunction | undefined): ReadonlyMap<string, string> {
  const { id, error = null } = before?.lastEnded ?? {};
  return new Map(id === undefined || error === null ? [] : [[id, error]]);
}

function lastOf(
  [newest]: readonly Run[],
  before: LastRun | null | undefined,
  words: ReadonlyMap<string, string>,
): LastRun | null {
  if (!newest) return before ?? null;
  const { id, status, queuedAt, startedAt, endedAt } = newest;
  const at = startedAt ?? queuedAt;
  const durationMs = endedAt === null ? null : Math.max(0, Date.parse(endedAt) - Date.parse(at));
  return { id, status, at, durationMs, error: words.get(id) ?? null };
}
