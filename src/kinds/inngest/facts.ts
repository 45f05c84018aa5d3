import type { RegisteredApp, Run, Trigger } from './read.ts';

/** The newest run of a function; `error` is what it failed with, null when that is not known. */
export interface LastRun {
  readonly id: string;
  readonly status: string;
  readonly at: string;
  readonly durationMs: number | null;
  readonly error: string | null;
}

/** A run that has not ended; `at` is when it began, or when it was queued. */
export interface RunInFlight {
  readonly id: string;
  readonly status: string;
  readonly at: string;
}

/** A function as it stands on the server, or as it stood when it was last seen there. */
export interface FunctionFacts {
  readonly slug: string;
  readonly name: string;
  readonly app: string;
  readonly triggers: readonly Trigger[];
  /** What it should be started by: the last set that grew by itself or that somebody accepted. */
  readonly acceptedTriggers: readonly Trigger[];
  readonly triggerChange: 'none' | 'replaced' | 'lost';
  readonly registered: boolean;
  /** It is on the inventory's list, or there is no such list. */
  readonly expected: boolean;
  /** When joelclaw first saw it. */
  readonly knownSince: string;
  /** The longest wait between two starts by its cron; null when it has none. */
  readonly cadenceMs: number | null;
  /** When its crons were last seen to change; null when they never were. */
  readonly cronsSince: string | null;
  /** When a cron starts it next; null when none does that is understood. */
  readonly nextRun: string | null;
  readonly lastRun: LastRun | null;
  /** The newest that completed or failed: one that has just begun hides no failure. */
  readonly lastEnded: LastRun | null;
  readonly lastCompletedAt: string | null;
  /** It has run since then and for more than half an hour. */
  readonly runningSince: string | null;
  readonly overdue: boolean;
  /** Of its runs that run or wait, the oldest first; null when its runs were not told. */
  readonly inFlight: readonly RunInFlight[] | null;
  readonly runs24h: Readonly<Record<'completed' | 'failed' | 'running' | 'queued', number>>;
}

export interface AppFacts {
  readonly name: string;
  readonly url: string | null;
  readonly connected: boolean;
  readonly error: string | null;
}

export interface InngestFacts {
  readonly latencyMs: number;
  readonly wanted: string | null;
  readonly apps: readonly AppFacts[];
  readonly registered: number;
  /** Null where the worker hides its count, or is not asked. */
  readonly served: number | null;
  readonly expected: number;
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  /** The names that the next sample expects, where the inventory lists none. */
  readonly baseline: readonly string[];
  readonly workerTrouble: string | null;
  readonly runsTrouble: string | null;
  /** More runs than a page holds: what is counted of a day is counted from here on. */
  readonly countedSince: string | null;
  readonly functions: readonly FunctionFacts[];
}

/** All that was heard in one sample. */
export interface Heard {
  readonly nowMs: number;
  readonly latencyMs: number;
  readonly apps: readonly RegisteredApp[];
  readonly runs: readonly Run[];
  readonly errors: ReadonlyMap<string, string>;
  readonly served: number | null;
  readonly workerTrouble: string | null;
  readonly runsTrouble: string | null;
  readonly countedSince: string | null;
}
