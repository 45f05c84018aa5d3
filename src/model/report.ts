import type { Fault } from './fault.ts';
import type { FileVerdict } from './file-verdict.ts';
import type { Streak } from './health.ts';
import type { FileKind } from './inventory.ts';
import type { JsonObject } from './json.ts';
import type { State } from './state.ts';

/** A check as it is shown: after staleness and suppression. `because` names the check that explains it. */
export interface CheckReport {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly state: State;
  readonly note: string;
  readonly latencyMs: number | null;
  readonly at: string | null;
  readonly since: string | null;
  readonly unwatchedUntil: string | null;
  readonly streak: Streak;
  readonly facts: JsonObject;
  readonly fault: Fault | null;
  readonly because: string | null;
}

/** How a host or service stands, and the checks that say so. */
interface Standing {
  readonly state: State;
  readonly note: string;
  /** When `state` was first seen; no sample since then has seen another. */
  readonly since: string | null;
  /** Until when nobody looked, last, since then; null where somebody always did. */
  readonly unwatchedUntil: string | null;
  readonly confirmed: State;
  readonly streak: Streak;
  readonly flapping: boolean;
  readonly because: string | null;
  readonly checks: readonly CheckReport[];
}

/** A service: the worst of its unit and its checks. */
export interface ServiceReport extends Standing {
  readonly id: string;
  readonly host: string;
  readonly name: string;
  readonly description: string;
  readonly manager: string;
  readonly port: number | null;
  readonly restarts: number | null;
  readonly critical: boolean;
}

/** The way to a node over the tailnet. `via` is the relay; `idle` is online with no traffic lately. */
export interface NodeLink {
  readonly state: 'direct' | 'relayed' | 'idle' | 'offline';
  readonly via: string | null;
  readonly keyExpiry: string | null;
}

/** Its checks are its own, and last the tailnet's peer that it is too. */
export interface NodeReport extends Standing {
  readonly kind: 'host' | 'k8s' | 'peer';
  readonly name: string;
  readonly description: string;
  readonly access: 'local' | 'ssh';
  readonly link: NodeLink | null;
  readonly facts: JsonObject;
}

/** The Inngest functions of all servers together. */
export interface FunctionsReport {
  readonly state: State;
  readonly note: string;
  readonly registered: number | null;
  readonly served: number | null;
  readonly expected: number | null;
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly apps: readonly AppReport[];
  readonly items: readonly FunctionReport[];
}

/** One Inngest server of the inventory and the app that is looked at there; null is not known. */
export interface AppReport {
  readonly server: string;
  readonly app: string | null;
  readonly url: string;
  readonly connected: boolean | null;
  readonly error: string | null;
  readonly registered: number | null;
  readonly served: number | null;
  readonly expected: number | null;
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  /** The inventory's list; null where the set that was last seen stands for it. */
  readonly expect: readonly string[] | null;
  readonly state: State;
  readonly note: string;
  /** Why its server could not be asked, and what to do about it. */
  readonly fault: Fault | null;
  readonly because: string | null;
  readonly at: string | null;
  /** Its runs are too many to be asked for: a day's counts are only from here on. */
  readonly countedSince: string | null;
}

/** A function that a server knows, or should know. */
export interface FunctionReport {
  readonly server: string;
  readonly slug: string;
  readonly name: string;
  readonly app: string;
  readonly triggers: readonly { readonly type: string; readonly value: string }[];
  /** When a cron starts it next, RFC 3339; null when none does. */
  readonly nextRun: string | null;
  /** `missing`, `unexpected`, `failing`, `overdue`, `stuck` or `triggers-changed`; several may hold. */
  readonly marks: readonly string[];
  readonly state: State;
  readonly note: string;
  readonly since: string;
  readonly unwatchedUntil: string | null;
  readonly streak: Streak;
  readonly because: string | null;
  readonly lastRun: {
    readonly id: string;
    readonly status: string;
    readonly at: string;
    readonly durationMs: number | null;
    readonly error: string | null;
  } | null;
  /** Runs that have not ended, the oldest first; `at` is when one began or was queued. Null when they are not told. */
  readonly inFlight:
    | readonly {
        readonly id: string;
        readonly status: string;
        readonly at: string;
      }[]
    | null;
  readonly runs24h: Readonly<Record<'completed' | 'failed' | 'running' | 'queued', number>>;
}

/** The managed files. */
export interface DriftReport {
  readonly state: FileVerdict | 'n/a';
  readonly note: string;
  readonly items: readonly DriftItem[];
}

/** One managed file and how it compares. */
export interface DriftItem {
  readonly id: string;
  /** `audit` is a host beside its accepted audit. */
  readonly kind: FileKind | 'audit';
  readonly host: string | null;
  readonly source: string;
  readonly destination: string | null;
  readonly service: string | null;
  readonly verdict: FileVerdict;
  /** What runs is not what lies there. */
  readonly reloadNeeded: boolean;
  readonly note: string;
  /** What an apply would do to its text, line by line; null where that is nothing, or cannot be told. */
  readonly change: {
    readonly added: number;
    readonly removed: number;
    readonly lines: readonly string[];
  } | null;
  /** The check that compared it; null for what no check does. */
  readonly check: string | null;
  /** When it was compared. */
  readonly at: string | null;
  readonly because: string | null;
}

/** Hosts and services counted by state; `state` is the whole network's. */
export type Summary = { readonly state: State } & Readonly<Record<State, number>>;

/** One network at one moment, explained: what every output and the cockpit read. */
export interface Report {
  readonly at: string | null;
  readonly summary: Summary;
  readonly nodes: readonly NodeReport[];
  readonly services: readonly ServiceReport[];
  readonly functions: FunctionsReport;
  readonly drift: DriftReport;
}
