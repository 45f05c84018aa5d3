import { expect, it } from 'vitest';
import { applyRank } from '../../../../src/kinds/k8s/objects/apply-order.ts';
import {
  holdsUp,
  isWorkload,
  notRolledOut,
  replacedPods,
} from '../../../../src/kinds/k8s/objects/rollout.ts';
import type { JsonObject } from '../../../../src/model/json.ts';
import { recordedKube } from '../../../support/kube-objects.ts';

const live = JSON.parse(recordedKube('statefulset-redis-live.json'));
const whole = {
  ...{ observedGeneration: live.metadata.generation, replicas: 1, readyReplicas: 1 },
  ...{ updatedReplicas: 1, currentRevision: 'redis-1', updateRevision: 'redis-1' },
};

it.each<[object, string | null]>([
  [{}, null],
  [{ observedGeneration: 0 }, 'its controller has not looked at it yet'],
  [{ updatedReplicas: 0 }, '0 of 1 pods are new'],
  [{ readyReplicas: 0 }, '0 of 1 pods are ready'],
  [{ updateRevision: 'redis-2' }, 'rolling out to redis-2'],
])('a StatefulSet with %j has rolled out: %s', (status, trouble) => {
  const object = { ...live, spec: { ...live.spec, replicas: 1 }, status: { ...whole, ...status } };
  expect(notRolledOut(object, 'statefulset/redis')).toBe(trouble);
});

it.each<[string, object, object, string | null]>([
  ['OnDelete', { type: 'OnDelete' }, { updatedReplicas: 0 }, null],
  ['OnDelete, not ready', { type: 'OnDelete' }, { readyReplicas: 0 }, '0 of 2 pods are ready'],
  ['a partition of 1', partition(1), { updatedReplicas: 1 }, null],
  ['a partition of 1', partition(1), { updatedReplicas: 0 }, '0 of 1 pods are new'],
  ['a partition past all', partition(5), { updatedReplicas: 0 }, null],
])(
  'a StatefulSet of %s waits for no pod that its controller keeps',
  (_, updateStrategy, status, trouble) => {
    const object = {
      ...live,
      spec: { ...live.spec, replicas: 2, updateStrategy },
      status: { ...whole, readyReplicas: 2, updateRevision: 'redis-2', ...status },
    };
    expect(notRolledOut(object, 'statefulset/redis')).toBe(trouble);
  },
);

function partition(kept: number): object {
  return { type: 'RollingUpdate', rollingUpdate: { partition: kept } };
}

it('a service with no replicas has rolled out without a pod', () => {
  const object = {
    ...live,
    spec: { ...live.spec, replicas: 0 },
    status: { ...whole, updatedReplicas: 0, readyReplicas: 0 },
  };
  expect(notRolledOut(object, 'statefulset/redis')).toBeNull();
});

it('a Deployment that its controller has given up says so', () => {
  const conditions = [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }];
  const object = { kind: 'Deployment', spec: { replicas: 1 }, status: { ...whole, conditions } };
  expect(notRolledOut(object, 'deployment/web')).toContain('ProgressDeadlineExceeded');
});

it('what has no pods has nothing to roll out', () => {
  expect(isWorkload('configmap/settings')).toBe(false);
  expect(notRolledOut({ kind: 'ConfigMap' }, 'configmap/settings')).toBeNull();
});

it('a StatefulSet names the pods that it replaces, from the ordinal that it begins with', () => {
  const object = {
    ...{ kind: 'StatefulSet', metadata: { name: 'redis' } },
    spec: { replicas: 2, ordinals: { start: 3 } },
  };
  expect(replacedPods(object)).toEqual(['redis-3', 'redis-4']);
  expect(replacedPods({ ...object, kind: 'Deployment' })).toEqual([]);
  const replacing = (updateStrategy: JsonObject): readonly string[] =>
    replacedPods({ ...object, spec: { ...object.spec, updateStrategy } });
  expect(replacing({ type: 'RollingUpdate', rollingUpdate: { partition: 1 } })).toEqual([
    'redis-4',
  ]);
  expect(replacing({ type: 'OnDelete' })).toEqual([]);
});

it.each<[string, string, boolean]>([
  ['redis-2', 'False', true],
  ['redis-2', 'True', false],
  ['redis-1', 'False', false],
])('a pod of %s whose Ready is %s holds up redis-1: %s', (revision, status, is) => {
  const labels = { 'controller-revision-hash': revision };
  const pod: JsonObject = {
    metadata: { labels },
    status: { conditions: [{ type: 'Ready', status }] },
  };
  expect(holdsUp(pod, { status: { updateRevision: 'redis-1' } })).toBe(is);
  const ending = { ...pod, metadata: { labels, deletionTimestamp: '2026-02-18T09:00:00Z' } };
  expect(holdsUp(ending, { status: { updateRevision: 'redis-1' } })).toBe(false);
});

it('what others stand on comes first', () => {
  const kinds = ['StatefulSet', 'Service', 'Widget', 'ConfigMap', 'ServiceAccount', 'Namespace'];
  const ordered = kinds.toSorted((a, b) => applyRank(a) - applyRank(b));
  expect(ordered).toEqual([
    ...['Namespace', 'ServiceAccount', 'ConfigMap', 'Service', 'StatefulSet', 'Widget'],
  ]);
});
