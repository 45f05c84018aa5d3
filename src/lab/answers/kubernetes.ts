import type { JsonObject } from '../../model/json.ts';
import { seedOf } from '../mulberry32.ts';
import type { ClusterList, Moment } from '../site.ts';
import { evictedPod, pendingPod, readyPod, type Workload } from './kubernetes-pods.ts';
import { goTime, uidOf } from './kubernetes-words.ts';

const hourMs = 3_600_000;
/** It had run for 12 days when the lab began. */
export const createdAgoMs = 12 * 24 * hourMs;
const node = 'joelclaw-controlplane-1';
/** All of it lives there. */
export const namespace = 'joelclaw';

/** What runs in it. */
export const workloads: readonly Workload[] = [
  { name: 'inngest', image: 'inngest/inngest', ip: '10.244.0.12' },
  { name: 'qdrant', image: 'qdrant/qdrant', ip: '10.244.0.11' },
  { name: 'redis', image: 'redis:7-alpine', ip: '10.244.0.13' },
];

/** How the cluster differs from one that is well: its node's disk is full, so qdrant has no place. */
export interface ClusterTrouble {
  readonly diskPressure: boolean;
}

/** joelclaw's cluster as its API lists it: Kubernetes 1.35 on one Talos node. */
export function kubernetes({ diskPressure }: ClusterTrouble = { diskPressure: false }) {
  const isWell = ({ name }: Workload): boolean => !(diskPressure && name === 'qdrant');
  const lists: Readonly<Record<string, ClusterList>> = {
    namespaces,
    nodes: (moment) => [nodeOf(moment, diskPressure)],
    statefulsets: (moment) => workloads.map((one) => statefulSet(one, moment, isWell(one))),
    deployments: () => [],
    daemonsets: () => [],
    replicasets: () => [],
    pods: (moment) => [
      ...workloads.map((one) => {
        const hand = moment.restarted(`joelclaw:statefulset/${one.name}`);
        const first = moment.startMs - (isWell(one) ? createdAgoMs : 600_000);
        const createdMs = hand === null ? first : hand.atMs - 10_000;
        const place = { node, namespace, createdMs, times: hand?.times ?? 0 };
        return isWell(one) ? readyPod(one, place) : pendingPod(one, place);
      }),
      ...(diskPressure
        ? [evictedPod({ node, namespace, createdMs: moment.startMs - hourMs, times: 0 })]
        : []),
    ],
    events: (moment) => (diskPressure ? [unschedulableEvent(moment)] : []),
  };
  return new Map(
    Object.entries(lists).map(([resource, list]) => [
      `joelclaw:${resource}`,
      resource === 'events' ? list : madeOnce(list),
    ]),
  );
}

/** What does not change stays the same array, as with a cache that is kept by a watch. */
function madeOnce(list: ClusterList): ClusterList {
  const made = new Map<string, ReturnType<ClusterList>>();
  return (moment) => {
    const hands = workloads.map(({ name }) => moment.restarted(`joelclaw:statefulset/${name}`));
    const key = [moment.startMs, ...hands.map((hand) => hand?.atMs)].join();
    const items = made.get(key) ?? list(moment);
    made.set(key, items);
    return items;
  };
}

function namespaces({ startMs }: Moment): readonly JsonObject[] {
  return ['default', namespace, 'kube-node-lease', 'kube-public', 'kube-system'].map((name) => ({
    metadata: {
      name,
      uid: uidOf(`namespace ${name}`),
      creationTimestamp: goTime(startMs - createdAgoMs),
      labels: {
        'kubernetes.io/metadata.name': name,
        ...(name === namespace ? { 'pod-security.kubernetes.io/enforce': 'privileged' } : {}),
      },
    },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }));
}

function nodeOf(moment: Moment, diskPressure: boolean): JsonObject {
  const taint = { key: 'node.kubernetes.io/disk-pressure', effect: 'NoSchedule' };
  return {
    metadata: {
      name: node,
      uid: uidOf(node),
      creationTimestamp: goTime(moment.startMs - createdAgoMs),
      labels: {
        'kubernetes.io/arch': 'arm64',
        'kubernetes.io/hostname': node,
        'kubernetes.io/os': 'linux',
        'node-role.kubernetes.io/control-plane': '',
      },
    },
    spec: { podCIDR: '10.244.0.0/24', ...(diskPressure ? { taints: [taint] } : {}) },
    status: {
      capacity: { cpu: '4', 'ephemeral-storage': '61202244Ki', memory: '8130604Ki', pods: '110' },
      allocatable: { cpu: '3950m', memory: '7672876Ki', pods: '110' },
      conditions: nodeConditions(moment, diskPressure),
      addresses: [
        { type: 'InternalIP', address: '10.5.0.2' },
        { type: 'Hostname', address: node },
      ],
      nodeInfo: {
        kernelVersion: '6.18.5-talos',
        osImage: 'Talos (v1.12.4)',
        containerRuntimeVersion: 'containerd://2.1.6',
        kubeletVersion: 'v1.35.0',
        operatingSystem: 'linux',
        architecture: 'arm64',
      },
    },
  };
}

function nodeConditions({ startMs }: Moment, diskPressure: boolean): readonly JsonObject[] {
  const condition = (type: string, status: string, words: readonly [string, string]) => ({
    type,
    status,
    lastHeartbeatTime: goTime(startMs),
    lastTransitionTime: goTime(
      startMs - (status === 'True' && type !== 'Ready' ? 600_000 : createdAgoMs),
    ),
    reason: words[0],
    message: words[1],
  });
  return [
    condition('MemoryPressure', 'False', [
      'KubeletHasSufficientMemory',
      'kubelet has sufficient memory available',
    ]),
    diskPressure
      ? condition('DiskPressure', 'True', ['KubeletHasDiskPressure', 'kubelet has disk pressure'])
      : condition('DiskPressure', 'False', [
          'KubeletHasNoDiskPressure',
          'kubelet has no disk pressure',
        ]),
    condition('PIDPressure', 'False', [
      'KubeletHasSufficientPID',
      'kubelet has sufficient PID available',
    ]),
    condition('Ready', 'True', ['KubeletReady', 'kubelet is posting ready status']),
  ];
}

function statefulSet({ name, image }: Workload, { startMs }: Moment, isWell: boolean): JsonObject {
  const revision = `${name}-${seedOf(name).toString(16)}`;
  const ready = isWell ? { readyReplicas: 1, availableReplicas: 1 } : { availableReplicas: 0 };
  return {
    metadata: {
      name,
      namespace,
      uid: uidOf(`statefulset ${name}`),
      generation: 1,
      creationTimestamp: goTime(startMs - createdAgoMs),
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [{ name, image }] } },
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    },
    status: {
      observedGeneration: 1,
      replicas: 1,
      currentReplicas: 1,
      updatedReplicas: 1,
      currentRevision: revision,
      updateRevision: revision,
      collisionCount: 0,
      ...ready,
    },
  };
}

/** The scheduler tells it anew every five minutes. */
function unschedulableEvent({ startMs, nowMs }: Moment): JsonObject {
  const lastMs = nowMs - ((nowMs - startMs) % 300_000);
  return {
    metadata: { name: 'qdrant-0.18eaa03e12d519d8', namespace, uid: uidOf('event') },
    involvedObject: { kind: 'Pod', namespace, name: 'qdrant-0', uid: uidOf('pod qdrant-0') },
    reason: 'FailedScheduling',
    message:
      '0/1 nodes are available: 1 node(s) had untolerated taint(s). no new claims to deallocate, preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
    source: { component: 'default-scheduler' },
    firstTimestamp: goTime(startMs - 600_000),
    lastTimestamp: goTime(lastMs),
    count: 3 + Math.floor((nowMs - startMs) / 300_000),
    type: 'Warning',
    eventTime: null,
    reportingComponent: 'default-scheduler',
  };
}
