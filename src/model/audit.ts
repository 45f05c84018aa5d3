import type { AuditFacts } from './audit-facts.ts';
import type { Fault } from './fault.ts';

/** Why something could not be told: these are different things, and none of them is "there is none". */
export type Untold =
  | 'tool-missing'
  | 'needs-root'
  | 'not-there'
  | 'timed-out'
  | 'cut-off'
  | 'not-understood';

/** A probe of the collection that told nothing, or not all; `words` is what it said about that. */
export interface Unknown {
  /** `listeners` */
  readonly probe: string;
  readonly why: Untold;
  readonly words: string;
}

/** By what a process was started, and is started again. */
export type ManagerKind =
  | 'systemd'
  | 'systemd-user'
  | 'docker'
  | 'podman'
  | 'pm2'
  | 'supervisor'
  | 'cron'
  | 'screen'
  | 'tmux'
  | 'nohup'
  | 'session'
  | 'unknown';

/** `name` is the unit, the container, the session, the program of a supervisor. */
export interface FoundManager {
  readonly kind: ManagerKind;
  readonly name: string | null;
  readonly confidence: 'certain' | 'likely' | 'guess';
  /** What was seen, a line each; of `unknown` also what was tried. */
  readonly evidence: readonly string[];
}

/** Null where it cannot be told; `why` says by what it is known. */
export interface Survives {
  readonly reboot: boolean | null;
  readonly crash: boolean | null;
  readonly logout: boolean | null;
  readonly why: { readonly reboot: string; readonly crash: string; readonly logout: string };
}

/** The process behind a service, as far as it may be looked at. Names of its environment, never values. */
export interface FoundProcess {
  readonly pid: number;
  readonly user: string | null;
  /** Its arguments as they are, with secrets hidden. */
  readonly command: readonly string[];
  readonly workingDirectory: string | null;
  /** The program itself; it ends with ` (deleted)` where another file lies there by now. */
  readonly executable: string | null;
  readonly environment: readonly string[];
  readonly startedAt: string | null;
}

/** Whether its port answers where it runs, and from here: what both say tells a firewall from a death. */
export interface Reached {
  readonly fromHost: boolean | null;
  readonly fromHere: boolean | null;
  readonly note: string;
}

/** A service of the inventory on this host, or (`declared` false) whatever else listens there. */
export interface AuditedService {
  readonly name: string;
  readonly declared: boolean;
  readonly port: number | null;
  readonly manager: FoundManager;
  readonly survives: Survives;
  /** Commands for a person on that host; null where nobody knows one. */
  readonly restart: string | null;
  readonly stop: string | null;
  readonly logs: string | null;
  readonly process: FoundProcess | null;
  /** It runs what is no longer on the disk; null where that cannot be told. */
  readonly olderThanDisk: boolean | null;
  readonly reached: Reached;
  /** As its own page counts them; null is unknown. */
  readonly documents: number | null;
  /** What it is seen to stand on: `ollama on 127.0.0.1:11434`, `library /srv/pdf`. */
  readonly dependencies: readonly string[];
}

export type Severity = 'critical' | 'warning' | 'unknown' | 'info';

/** `id` is stable for the same thing of the same host: `manual-service/pdf-brain`. */
export interface Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  readonly evidence: string;
  readonly remedy: string;
}

/** One look into a host. The same facts are the same bytes, whenever they are seen: `at` is apart. */
export interface AuditReport {
  readonly host: string;
  /** `20260218T090000Z-3fk2` */
  readonly id: string;
  /** RFC 3339 UTC */
  readonly at: string;
  /** SHA-256 of the script that looked, in hex. */
  readonly script: string;
  readonly durationMs: number;
  /** What ended it before its end; null of a whole one. */
  readonly cutOff: Fault | null;
  readonly facts: AuditFacts;
  readonly services: readonly AuditedService[];
  readonly findings: readonly Finding[];
  readonly unknowns: readonly Unknown[];
}
