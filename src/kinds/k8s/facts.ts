import type { LastWords } from '../unit/last-words.ts';

/**
 * Where a pod stands in its life, by its conditions and containers and never by its phase alone.
 * `strange` is what this version does not understand.
 */
export type PodStage = 'ready' | 'coming' | 'broken' | 'leaving' | 'finished' | 'strange';

/** One pod of a workload. */
export interface PodFacts {
  readonly name: string;
  readonly uid: string | null;
  readonly stage: PodStage;
  /** Why it is in this stage; '' for a pod that is ready. */
  readonly why: string;
  readonly node: string | null;
  readonly restarts: number;
  /** How a container of it ended last, when that was bad: "exit 1", "OOMKilled (exit 137)". */
  readonly badExit: string | null;
  readonly badExitAt: string | null;
  /** Whose log tells why: the container that ended so, else one that runs and is not ready. */
  readonly speaker: string | null;
  /** Those that have run, init containers first. */
  readonly containers: readonly string[];
  /** `controller-revision-hash`, or a ReplicaSet's `pod-template-hash`. */
  readonly revision: string | null;
  /** Of the container that was started last. */
  readonly startedAt: string | null;
}

/** What the cluster has told of a workload or of a pod of it. */
export interface EventFacts {
  readonly at: string;
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly object: string;
}

/** The workload's own word of itself. */
export interface WorkloadFacts {
  /** Pods that it is to have; null when that is not understood. */
  readonly wanted: number | null;
  /** Pods that its controller counts as ready, and as being of the newest revision. */
  readonly readyReplicas: number | null;
  readonly updatedReplicas: number | null;
  /** Its controller has not yet looked at its last change. */
  readonly isBehind: boolean;
  readonly paused: boolean;
  /** A StatefulSet's newest revision, where not all of its pods are of it. */
  readonly rollingTo: string | null;
  /** What its controller says of a rollout that is stuck or of pods that cannot be created. */
  readonly controllerTrouble: string | null;
  readonly images: readonly string[];
}

/** `found: false` is a workload that no namespace has that it is looked for in. */
export type K8sFacts = MissingFacts | FoundFacts;

export interface MissingFacts {
  readonly found: false;
  readonly workload: string;
  /** Empty for all. */
  readonly namespaces: readonly string[];
  readonly provenAtMs: number;
}

export interface FoundFacts extends WorkloadFacts {
  readonly found: true;
  /** `joelclaw/statefulset/redis` */
  readonly workload: string;
  /** How many of its pods are in each stage. */
  readonly stages: Readonly<Record<PodStage, number>>;
  /** The first of them, those in trouble before those that are well. */
  readonly pods: readonly PodFacts[];
  /** Why its pods could not be seen. */
  readonly podsTrouble: string | null;
  /** Restarts of all its pods together; null when they were not seen. */
  readonly starts: number | null;
  readonly badExit: string | null;
  /** It is known from this sample alone that a container has just been restarted after `badExit`. */
  readonly justRestarted: boolean;
  /** Since its youngest container was started. */
  readonly upSeconds: number | null;
  /** When it was first seen without any pod after it had some. */
  readonly emptySinceMs: number | null;
  /** It is so young, or has lost its pods so lately, that having none is no trouble yet. */
  readonly mayBeEmpty: boolean;
  readonly events: readonly EventFacts[];
  readonly eventsTrouble: string | null;
  readonly lastWords: LastWords | null;
  readonly provenAtMs: number;
}
