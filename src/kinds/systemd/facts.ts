import type { AroundFacts } from '../unit/facts.ts';
import type { LastWords } from '../unit/last-words.ts';

/** What `systemctl show` says of a unit, what stands around it, and what it has said. */
export type SystemdFacts = UnitFacts & AroundFacts & { readonly lastWords: LastWords | null };

/** What `systemctl show` says of a unit. Values of its environment are not asked for. */
export interface UnitFacts {
  /** By the name that systemd gives it: an alias reads as what it stands for. */
  readonly unit: string;
  /** `service`, `timer`, `socket`, …. */
  readonly unitType: string;
  /** systemd's own words: `loaded`, `not-found`, `masked`, `bad-setting`, `error`. */
  readonly loadState: string;
  /** `active`, `reloading`, `inactive`, `failed`, `activating`, `deactivating`, …. */
  readonly activeState: string;
  readonly subState: string;
  /** `simple`, `oneshot`, `notify`, …; null for what is no service. */
  readonly serviceType: string | null;
  readonly remainAfterExit: boolean;
  /** When systemd starts it again by itself: `no`, `always`, `on-failure`, …. */
  readonly restart: string | null;
  readonly pid: number | null;
  /** Its automatic restarts since it was started by hand. */
  readonly starts: number | null;
  /** In words, when its last run ended badly. */
  readonly badExit: string | null;
  /** systemd's own word: `success`, `exit-code`, `signal`, `timeout`, …. */
  readonly result: string | null;
  /** `0`, `203 (EXEC)`, `SIGSEGV`; null while it runs and when it has not run. */
  readonly lastExit: string | null;
  /** It was started as often as its start limit allows, and is not started any more. */
  readonly startLimitHit: boolean;
  /** `enabled`, `disabled`, `static`, …; null for what has no file. */
  readonly unitFileState: string | null;
  readonly path: string | null;
  readonly dropIns: readonly string[];
  readonly needsDaemonReload: boolean;
  /** It has a command to read its configuration anew. */
  readonly canReload: boolean;
  readonly controlGroup: string | null;
  /** What starts it: timers, sockets, paths. */
  readonly triggeredBy: readonly string[];
  /** RFC 3339 UTC by its host's clock: of its last entry into `active`, while it is. */
  readonly activeSince: string | null;
  readonly runningSeconds: number | null;
  /** RFC 3339 UTC by its host's clock. */
  readonly stateSince: string | null;
  /** How long it may take to change: its own timeout, or what systemd usually gives. */
  readonly limitSeconds: number;
  /** Milliseconds since 1970 at which it was first seen between two states, null when it rests in one. */
  readonly changingSinceMs: number | null;
  readonly changingSeconds: number | null;
  /** Of a timer, else null. */
  readonly timer: TimerFacts | null;
  /** Whether something that decides is missing: the answer is cut off, or from an unknown version. */
  readonly isCutOff: boolean;
}

/** RFC 3339 UTC by its host's clock. `elapses` is false when it will not start its unit any more. */
interface TimerFacts {
  readonly nextAt: string | null;
  readonly lastAt: string | null;
  readonly elapses: boolean;
  /** Its next time is long past, and it still waits. */
  readonly overdue: boolean;
  readonly triggers: string | null;
  /** How the unit that it starts is; null when that is not told. */
  readonly triggered: TriggeredFacts | null;
}

export interface TriggeredFacts {
  readonly loadState: string;
  readonly activeState: string;
  readonly lastExit: string | null;
  readonly badExit: string | null;
}
