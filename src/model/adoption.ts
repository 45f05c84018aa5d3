import type { ManagerKind } from './audit.ts';

/** Who can be followed by a unit; containers, and what nobody knows, are left to a person. */
export type OldManager = Exclude<ManagerKind, 'docker' | 'podman' | 'unknown'>;

/** The very process that was seen: another one with its number is another one. */
export interface SeenProcess {
  readonly pid: number;
  /** Field 22 of /proc/PID/stat (proc(5)): when it began, in ticks since the boot. */
  readonly startTicks: string;
  readonly bootId: string;
  readonly uid: number;
  readonly user: string;
  /** As they are, secrets too: they are never shown as they stand here. */
  readonly argv: readonly string[];
  readonly executable: string;
  readonly workingDirectory: string;
  /** The file that it says its words into; null where that is none. */
  readonly output: string | null;
}

/** What starts it at a boot besides its manager. `line` is the exact one. */
export type BootEntry =
  | { readonly type: 'crontab'; readonly user: string; readonly line: string }
  | { readonly type: 'cron-file'; readonly path: string; readonly line: string }
  | { readonly type: 'supervisor'; readonly path: string };

/** A service that a unit is to take over from what runs it: kept until `infra apply` has done it. */
export interface Adoption {
  readonly id: string;
  /** RFC 3339 UTC */
  readonly at: string;
  /** `clanker-001/pdf-brain` */
  readonly service: string;
  readonly host: string;
  readonly unit: string;
  readonly port: number | null;
  readonly manager: { readonly kind: OldManager; readonly name: string | null };
  readonly process: SeenProcess;
  readonly boot: BootEntry | null;
}

/** What an apply has ended, and how it was: what brings it back. */
export interface Takeover {
  readonly adoption: Adoption;
  readonly wasRunning: boolean;
  /** Of a unit. */
  readonly wasEnabled: boolean;
  /** The name under which its environment is kept with the apply. */
  readonly environment: string | null;
}

/** A step of leaving the old manager, as a person would type it there, and what takes it back. */
export interface MigrationStep {
  readonly title: string;
  readonly command: string;
  readonly undo: string;
}

/** What adopting a service would write here, and what `infra apply` would then do there. */
export interface AdoptionPlan {
  readonly service: string;
  readonly host: string;
  readonly unit: string;
  readonly source: string;
  readonly text: string;
  /** Lines of a difference by the file of the root that it is of; a file that is not changed has none. */
  readonly changes: readonly { readonly file: string; readonly lines: readonly string[] }[];
  /** By systemd-analyze there: 0 is safe, 10 is not; null where it does not tell. */
  readonly exposure: number | null;
  readonly migration: readonly MigrationStep[];
  readonly warnings: readonly string[];
  readonly refusals: readonly {
    readonly code: string;
    readonly message: string;
    readonly hint: string;
  }[];
}

/** What adopting came to: the envelope's result. */
export interface Adopted {
  readonly plan: AdoptionPlan;
  readonly outcome: 'done' | 'failed' | 'refused' | 'planned';
  readonly receipt: {
    readonly verified: boolean;
    readonly exposure: number | null;
    readonly note: string;
  } | null;
  readonly steps: readonly {
    readonly title: string;
    readonly state: 'done' | 'failed' | 'not-run';
    readonly said: string;
  }[];
}
