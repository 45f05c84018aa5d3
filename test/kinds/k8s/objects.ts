import type { JsonObject } from '../../../src/model/json.ts';
import { nowMs } from '../strict-transports.ts';

/** So many seconds before now, as the API writes it. */
export function ago(seconds: number): string {
  return `${new Date(nowMs - seconds * 1000).toISOString().slice(0, 19)}Z`;
}

interface Replicas {
  readonly name?: string;
  readonly wanted?: number;
  readonly spec?: JsonObject;
  readonly status?: JsonObject;
  readonly metadata?: JsonObject;
}

/** A workload that is as old as the hills and has what it wants, but for what is told. */
export function workloadOf({ name = 'redis', wanted = 1, ...more }: Replicas = {}): JsonObject {
  return {
    metadata: {
      name,
      namespace: 'joelclaw',
      uid: `uid-${name}`,
      generation: 1,
      creationTimestamp: ago(1_000_000),
      ...more.metadata,
    },
    spec: { replicas: wanted, ...more.spec },
    status: {
      observedGeneration: 1,
      replicas: wanted,
      readyReplicas: wanted,
      updatedReplicas: wanted,
      currentRevision: 'r1',
      updateRevision: 'r1',
      ...more.status,
    },
  };
}

interface PodMore {
  readonly name?: string;
  readonly owner?: string;
  readonly age?: number;
  readonly revision?: string;
  readonly metadata?: JsonObject;
  readonly status?: JsonObject;
  readonly container?: JsonObject;
}

/** A pod that is ready, but for what is told. */
export function podOf({
  name = 'redis-0',
  owner = 'uid-redis',
  ...more
}: PodMore = {}): JsonObject {
  const { age = 100_000, revision = 'r1' } = more;
  return {
    metadata: {
      name,
      namespace: 'joelclaw',
      uid: `uid-${name}`,
      creationTimestamp: ago(age),
      labels: { 'controller-revision-hash': revision },
      ownerReferences: [{ kind: 'Some', name: 'some', uid: owner, controller: true }],
      ...more.metadata,
    },
    spec: { nodeName: 'node-1' },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: ago(age) }],
      containerStatuses: [containerOf(age, more.container)],
      ...more.status,
    },
  };
}

function containerOf(age: number, more: JsonObject = {}): JsonObject {
  return {
    name: 'main',
    image: 'redis:7',
    ready: true,
    restartCount: 0,
    state: { running: { startedAt: ago(age) } },
    lastState: {},
    ...more,
  };
}

/** A pod that is not ready, by its condition and by its container. */
export function unreadyPod({ container, status, ...more }: PodMore = {}): JsonObject {
  const { age = 100_000 } = more;
  const message = 'containers with unready status: [main]';
  return podOf({
    ...more,
    container: { ready: false, ...container },
    status: {
      conditions: [{ type: 'Ready', status: 'False', message, lastTransitionTime: ago(age) }],
      ...status,
    },
  });
}

/** A container that waits, for this reason. */
export function waiting(reason: string, more: JsonObject = {}): JsonObject {
  return { ready: false, state: { waiting: { reason } }, ...more };
}

export function ended(exitCode: number, seconds: number, reason = 'Error'): JsonObject {
  return {
    terminated: { exitCode, reason, startedAt: ago(seconds + 5), finishedAt: ago(seconds) },
  };
}
