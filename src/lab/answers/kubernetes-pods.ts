import type { JsonObject } from '../../model/json.ts';
import { seedOf } from '../mulberry32.ts';
import { goTime, uidOf } from './kubernetes-words.ts';

/** A StatefulSet of one replica. */
export interface Workload {
  readonly name: string;
  readonly image: string;
  readonly ip: string;
}

interface Place {
  readonly node: string;
  readonly namespace: string;
  readonly createdMs: number;
  /** How often a hand has had it made anew. */
  readonly times: number;
}

/** Its only pod, ready. */
export function readyPod(workload: Workload, place: Place): JsonObject {
  const { name, image, ip } = workload;
  const time = goTime(place.createdMs + 8000);
  const digest = seedOf(image).toString(16).padStart(64, '0');
  return {
    ...podOf(workload, place),
    status: {
      phase: 'Running',
      conditions: ['Ready', 'ContainersReady', 'Initialized', 'PodScheduled'].map((type) => ({
        type,
        status: 'True',
        lastProbeTime: null,
        lastTransitionTime: time,
      })),
      hostIP: '10.5.0.2',
      podIP: ip,
      startTime: time,
      containerStatuses: [
        {
          name,
          state: { running: { startedAt: time } },
          lastState: {},
          ready: true,
          restartCount: 0,
          image,
          imageID: `docker.io/${image}@sha256:${digest}`,
          started: true,
        },
      ],
      qosClass: 'BestEffort',
    },
  };
}

/** The same pod, made anew at a time when no node would take it. */
export function pendingPod(workload: Workload, place: Place): JsonObject {
  const { metadata, spec } = podOf(workload, place);
  const { nodeName: _, ...nowhere } = spec;
  return {
    metadata,
    spec: nowhere,
    status: {
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          lastProbeTime: null,
          lastTransitionTime: goTime(place.createdMs),
          reason: 'Unschedulable',
          message: '0/1 nodes are available: 1 node(s) had untolerated taint(s).',
        },
      ],
      qosClass: 'BestEffort',
    },
  };
}

/** What an eviction leaves behind: a pod of a Deployment that runs nothing any more. */
export function evictedPod({ node, namespace, createdMs }: Place): JsonObject {
  return {
    metadata: {
      name: 'docs-api-7c9d8b6f5-x2k4q',
      namespace,
      uid: uidOf('pod docs-api'),
      creationTimestamp: goTime(createdMs),
      ownerReferences: [ownerOf('ReplicaSet', 'docs-api-7c9d8b6f5')],
    },
    spec: { nodeName: node, containers: [{ name: 'docs-api', image: 'docs-api:1' }] },
    status: {
      phase: 'Failed',
      reason: 'Evicted',
      message: 'The node was low on resource: ephemeral-storage.',
      qosClass: 'BestEffort',
    },
  };
}

function podOf({ name, image }: Workload, { node, namespace, createdMs, times }: Place) {
  return {
    metadata: {
      name: `${name}-0`,
      generateName: `${name}-`,
      namespace,
      uid: uidOf(`pod ${name}-0${times === 0 ? '' : ` ${times}`}`),
      creationTimestamp: goTime(createdMs),
      labels: {
        app: name,
        'apps.kubernetes.io/pod-index': '0',
        'controller-revision-hash': `${name}-${seedOf(name).toString(16)}`,
        'statefulset.kubernetes.io/pod-name': `${name}-0`,
      },
      ownerReferences: [ownerOf('StatefulSet', name)],
    },
    spec: { nodeName: node, containers: [{ name, image }] },
  };
}

function ownerOf(kind: string, name: string): JsonObject {
  const uid = uidOf(`${kind.toLowerCase()} ${name}`);
  return { apiVersion: 'apps/v1', kind, name, uid, controller: true, blockOwnerDeletion: true };
}
