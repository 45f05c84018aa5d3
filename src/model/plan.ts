import type { JsonObject } from './json.ts';
import type { Verb } from './verb.ts';

/** What an action may do: nothing, an interruption, or a loss. */
export type Risk = 'safe' | 'disruptive' | 'destructive';

/** A program on the service's host. It is asked again, after each wait, while it exits with one of `retry.on`. */
export interface ExecStep {
  readonly kind: 'exec';
  readonly title: string;
  readonly argv: readonly [string, ...string[]];
  /** Exit codes that are as good as done: what is gone already need not be taken away. */
  readonly okExits: readonly number[];
  readonly retry: { readonly on: readonly number[]; readonly waitsMs: readonly number[] } | null;
  readonly timeoutMs: number;
}

/** What `kubectl rollout restart` does: the template of a workload gets a new annotation. */
export interface RolloutStep {
  readonly kind: 'rollout-restart';
  readonly title: string;
  readonly cluster: string;
  readonly namespace: string;
  /** `statefulset/redis` */
  readonly workload: string;
  readonly timeoutMs: number;
}

/** One pod and no other: what has taken its name since is left alone. Its volumes and claims stay. */
export interface DeletePodStep {
  readonly kind: 'delete-pod';
  readonly title: string;
  readonly cluster: string;
  readonly namespace: string;
  readonly pod: string;
  readonly uid: string;
  readonly timeoutMs: number;
}

/** What is asked of an Inngest server, or (`register`) of its worker. */
export type InngestCall =
  | { readonly type: 'register' }
  | { readonly type: 'event'; readonly name: string; readonly data: JsonObject }
  | { readonly type: 'rerun' | 'cancel-run'; readonly run: string };

/** Its URL and key are the inventory's: none is kept with a plan. */
export interface InngestStep {
  readonly kind: 'inngest';
  readonly title: string;
  readonly server: string;
  readonly call: InngestCall;
  /** As a person would type it; a name stands for the key. */
  readonly command: string;
  readonly timeoutMs: number;
}

export type Step = ExecStep | RolloutStep | DeletePodStep | InngestStep;

/** Why a plan is not to be run. `force` overrides it where that is a person's to decide. */
export interface Refusal {
  readonly code:
    | 'COOL_DOWN'
    | 'RUNNING_WORK'
    | 'UNPROVABLE'
    | 'NOT_SEEN'
    | 'NO_MANAGER'
    | 'NOT_FOUND'
    | 'NOT_OFFERED'
    | 'NOT_NOW'
    | 'NEEDS_ROOT'
    | 'CHANGED'
    | 'ELSEWHERE'
    | 'CONFIRMATION_REQUIRED'
    | 'READ_ONLY'
    | 'LOCKED'
    | 'NO_LOCK';
  readonly message: string;
  readonly hint: string;
  readonly canForce: boolean;
}

/** Who feels it: work in flight, and what stands on the service. */
export interface BlastRadius {
  /** Runs of its Inngest app that go on now, and that wait; null when they are not known. */
  readonly runningRuns: number | null;
  readonly queuedRuns: number | null;
  /** `system-bus` */
  readonly apps: readonly string[];
  /** Services that depend on it, near ones first. */
  readonly dependents: readonly string[];
  readonly critical: boolean;
}

/** What an action would do to one service: pure data, shown before anything happens. */
export interface Plan {
  readonly action: Verb;
  /** The service, or the function. */
  readonly service: string;
  /** The part of it that it is done to: a pod, an event, a run; null for the whole. */
  readonly object: string | null;
  readonly host: string;
  readonly manager: string;
  /** What is acted on: `com.joel.caddy`, `statefulset/redis`. */
  readonly unit: string;
  readonly risk: Risk;
  /** What a person must type to agree; null where a key is enough. */
  readonly wantsName: string | null;
  /** Why there is nothing to be done; null when there is. */
  readonly needless: string | null;
  readonly steps: readonly Step[];
  /** The steps as a person would type them. */
  readonly commands: readonly string[];
  readonly blastRadius: BlastRadius;
  /** What a person should know beside it. */
  readonly warnings: readonly string[];
  readonly refusals: readonly Refusal[];
}

/** What became of a step. `said` is the last line that its program wrote, when it failed. */
export interface StepResult {
  readonly title: string;
  /** Fit for a shell. */
  readonly command: string;
  readonly state: 'done' | 'failed' | 'not-run';
  readonly exitCode: number | null;
  readonly durationMs: number;
  readonly said: string;
  readonly hint: string | null;
  /** Who was asked did not let it happen: nothing was done. */
  readonly denied: boolean;
  /** The id that an Inngest server gave to what was asked: a run's, or an event's. */
  readonly given: string | null;
}

/** A unit before or after: what tells one process from the next. */
export interface UnitMark {
  readonly state: string;
  readonly note: string;
  readonly pid: number | null;
  readonly starts: number | null;
  readonly revision: string | null;
}

/** What was seen after the steps: the proof of a restart. */
export interface Receipt {
  readonly before: UnitMark;
  readonly after: UnitMark;
  readonly isNew: boolean;
  /** Good samples in a row at the end, of the number that was wanted. */
  readonly stableSamples: number;
  readonly wantedSamples: number;
  readonly stableMs: number;
  readonly minimumMs: number;
  /** Of each app whose worker it is. */
  readonly functions: readonly FunctionsReceipt[];
  readonly verified: boolean;
  readonly note: string;
}

/** An app's functions by name, before and after a restart of its worker. */
export interface FunctionsReceipt {
  readonly app: string;
  readonly before: number;
  /** Null when they could not be counted: the app is not connected, or its server cannot be asked. */
  readonly after: number | null;
  readonly missing: readonly string[];
  /** The worker was asked to register them again. */
  readonly asked: boolean;
  /** Why that could not be done; null when it could, or was not needed. */
  readonly trouble: string | null;
}

type Outcome = 'done' | 'failed' | 'refused' | 'planned';

/** All that one action on one service came to. */
export interface Acted {
  readonly plan: Plan;
  readonly outcome: Outcome;
  readonly receipt: Receipt | null;
  readonly steps: readonly StepResult[];
}
