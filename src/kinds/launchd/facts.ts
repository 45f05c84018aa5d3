import type { StartFacts } from '../../model/crash-loop.ts';
import type { AroundFacts } from '../unit/facts.ts';
import type { LastWords } from '../unit/last-words.ts';

/** What makes a job start: it is kept alive, a clock, a file that changes, or being loaded. */
export type JobKind = 'service' | 'interval' | 'calendar' | 'watcher' | 'one-shot';

/** What `launchctl print` says of a job that is loaded. Values of its environment are not among it. */
export interface LoadedFacts extends AroundFacts {
  /** `gui/501`, `user/501` or `system`: where it was found. */
  readonly domain: string;
  /** launchd's own word: `running`, `not running`, `spawn scheduled`, … */
  readonly state: string;
  readonly pid: number | null;
  /** Spawns since it was loaded. */
  readonly runs: number | null;
  /** The same where a start is a restart; null for a timer or a watcher, whose work it is. */
  readonly starts: StartFacts['starts'] | null;
  /** `never`, `0`, `78 (EX_CONFIG)`, `Killed: 9`, `OS_REASON_…`; null when not told. */
  readonly lastExit: string | null;
  /** In words, when the last run ended badly; a SIGTERM is how launchd itself stops a job. */
  readonly badExit: StartFacts['badExit'];
  readonly program: string | null;
  /** Of its plist. */
  readonly path: string | null;
  readonly jobKind: JobKind;
  readonly runAtLoad: boolean;
  readonly minimumRuntimeSeconds: number | null;
  /** Milliseconds since 1970; null when nobody could tell. */
  readonly startedAtMs: number | null;
  /** Null of a first start too: it is no restart. */
  readonly runningSeconds: number | null;
  /** Of a StartInterval job. */
  readonly intervalSeconds: number | null;
  /** Milliseconds since 1970 of this sample, and how long such a job was seen not to start. */
  readonly seenAtMs: number | null;
  readonly waitedSeconds: number | null;
  readonly logs: { readonly stdout: string | null; readonly stderr: string | null };
  /** `spawn failed` when the program was never reached. */
  readonly jobState: string | null;
  /** Why launchd holds the start back (`pended nondemand spawn`), null when it does not. */
  readonly held: string | null;
  readonly immediateReason: string | null;
  /** Whether the answer ended before its last line. */
  readonly isCutOff: boolean;
  /** Milliseconds since 1970 at which it was first seen between two states, null when it rests in one. */
  readonly changingSinceMs: number | null;
  readonly changingSeconds: number | null;
  /** Null when nobody asked, as it is well. */
  readonly disabled: boolean | null;
  /** Milliseconds since 1970 of that answer. */
  readonly disabledAtMs: number | null;
  /** Keys of its file that are loaded otherwise; null where the file could not be compared. */
  readonly fileDiffers: readonly string[] | null;
  readonly lastWords: LastWords | null;
}

/** A label that none of the domains knows. */
export interface MissingFacts {
  readonly domain: null;
  /** What each domain answered when it was asked last. */
  readonly domains: Readonly<Record<string, string>>;
  /** Where a plist of that name lies, null when it does not. */
  readonly path: string | null;
  /** Where it would write, by that plist. */
  readonly logs: LoadedFacts['logs'];
  readonly disabled: boolean | null;
  /** Milliseconds since 1970 of this sample, and which question is the next one's. */
  readonly seenAtMs: number;
  readonly turn: number;
  /** Why it cannot be said that it is not loaded, null when it can. */
  readonly doubt: string | null;
}

export type LaunchdFacts = LoadedFacts | MissingFacts;
