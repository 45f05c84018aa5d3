import { describe, expect, it } from 'vitest';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import { look, verdictOf } from '../look.ts';
import { nowMs } from '../strict-transports.ts';
import { type Asked, cluster, lookAt } from './ask.ts';
import { ago, ended, podOf, unreadyPod, waiting, workloadOf } from './objects.ts';

/** What a StatefulSet is worth that has these pods. */
async function judged(
  workload: JsonObject,
  pods: readonly JsonObject[],
  more: Partial<Asked> = {},
): Promise<string> {
  const lists = { statefulsets: [workload], pods, events: [] };
  return verdictOf(await lookAt({ lists, ...more }));
}

const crashing = (name: string, revision = 'r1') =>
  unreadyPod({
    name,
    revision,
    container: waiting('CrashLoopBackOff', { lastState: ended(1, 400) }),
  });
const crash = 'CrashLoopBackOff after exit 1';
const evicted = podOf({
  name: 'redis-old',
  status: { phase: 'Failed', reason: 'Evicted', conditions: [], containerStatuses: [] },
});
const leaving = (secondsOver: number) =>
  podOf({ metadata: { deletionTimestamp: ago(secondsOver) } });

describe('a workload', () => {
  const cases: readonly (readonly [string, JsonObject, readonly JsonObject[], string])[] = [
    ['all of its pods ready', workloadOf(), [podOf()], 'up: 1 of 1 ready'],
    [
      'some of them',
      workloadOf({ wanted: 2 }),
      [podOf(), crashing('redis-1')],
      `degraded: 1 of 2 ready; redis-1: ${crash}`,
    ],
    ['none of them', workloadOf(), [crashing('redis-0')], `down: redis-0: ${crash}`],
    [
      'some of them, and another that starts',
      workloadOf({ wanted: 2 }),
      [podOf(), unreadyPod({ name: 'redis-1', age: 4, container: waiting('ContainerCreating') })],
      'degraded: 1 of 2 ready; starting: redis-1: ContainerCreating',
    ],
    [
      'several in trouble',
      workloadOf({ wanted: 3 }),
      [crashing('redis-0'), crashing('redis-1'), crashing('redis-2')],
      `down: redis-0: ${crash} (and 2 more)`,
    ],
    ['a leftover of an eviction', workloadOf(), [evicted, podOf()], 'up: 1 of 1 ready'],
    ['no pod at all, for long', workloadOf(), [], 'down: it has no pod'],
    [
      'no pod yet',
      workloadOf({ metadata: { creationTimestamp: ago(5) } }),
      [],
      'unknown: starting: no pod yet',
    ],
    [
      'a pod that has just been made',
      workloadOf(),
      [unreadyPod({ age: 4, container: waiting('ContainerCreating') })],
      'unknown: starting: redis-0: ContainerCreating',
    ],
    [
      'a pod that does not come up',
      workloadOf(),
      [unreadyPod({ age: 400, container: waiting('ContainerCreating') })],
      'down: redis-0: does not get past ContainerCreating',
    ],
    [
      'a pod that is leaving',
      workloadOf(),
      [leaving(-20)],
      'unknown: restarting: redis-0 is terminating',
    ],
    [
      'a pod that does not leave',
      workloadOf(),
      [leaving(300)],
      'down: redis-0: is terminating for longer than its grace: does its node answer?',
    ],
    ['nothing to have', workloadOf({ wanted: 0 }), [], 'idle: scaled to 0'],
    [
      'a change that its controller has not looked at',
      workloadOf({ metadata: { generation: 2 } }),
      [podOf()],
      'degraded: its controller has not looked at its last change yet',
    ],
    [
      'a controller that counts otherwise',
      workloadOf({ status: { readyReplicas: 0 } }),
      [podOf()],
      'degraded: its controller counts 0 of 1 ready',
    ],
    [
      'a rollout that its new pod holds up',
      workloadOf({ wanted: 2, status: { updateRevision: 'r2' } }),
      [podOf(), crashing('redis-1', 'r2')],
      `degraded: 1 of 2 ready; redis-1: ${crash}; its rollout waits for this new pod: once the template is right, delete redis-1`,
    ],
    [
      'a rollout back that a broken pod holds up',
      workloadOf({ status: { updateRevision: 'r3' } }),
      [crashing('redis-0', 'r2')],
      `down: redis-0: ${crash}; its rollout waits for this old pod: once the template is right, delete redis-0`,
    ],
  ];

  it.each(cases)('with %s', async (_what, workload, pods, verdict) => {
    expect(await judged(workload, pods)).toBe(verdict);
  });
});

describe('a pod that is not ready', () => {
  const message = 'couldn’t find key password';
  const cases: readonly (readonly [string, JsonObject, string])[] = [
    [
      'a config that is not there',
      unreadyPod({
        container: { state: { waiting: { reason: 'CreateContainerConfigError', message } } },
      }),
      'CreateContainerConfigError',
    ],
    [
      'an image',
      unreadyPod({ container: waiting('ErrImagePull') }),
      'ErrImagePull: image redis:7 cannot be had',
    ],
    [
      'its end',
      unreadyPod({ container: { state: ended(137, 3, 'OOMKilled') } }),
      'ended with OOMKilled (exit 137)',
    ],
    [
      'the end of its start',
      unreadyPod({ container: { state: ended(128, 3, 'StartError') } }),
      'ended with exit 128 (StartError)',
    ],
    [
      'its probe, which it has passed before',
      unreadyPod({
        age: 60,
        status: { conditions: [{ type: 'Ready', status: 'False', lastTransitionTime: ago(5) }] },
      }),
      'not ready',
    ],
    [
      'a readiness gate',
      podOf({
        status: {
          conditions: [
            { type: 'Ready', status: 'False' },
            { type: 'example.com/gate', status: 'False', message: 'the gate is shut' },
          ],
        },
      }),
      'not ready: the gate is shut',
    ],
    [
      'its init container',
      unreadyPod({
        container: waiting('PodInitializing'),
        status: {
          initContainerStatuses: [
            {
              name: 'migrate',
              ready: false,
              restartCount: 4,
              ...waiting('CrashLoopBackOff', { lastState: ended(2, 60) }),
            },
          ],
        },
      }),
      'init container migrate: CrashLoopBackOff after exit 2',
    ],
    [
      'its init container, which goes on and on',
      unreadyPod({
        container: waiting('PodInitializing'),
        status: {
          initContainerStatuses: [
            { name: 'migrate', ready: false, restartCount: 0, state: { running: {} } },
          ],
        },
      }),
      'does not get past init container migrate: runs',
    ],
    [
      'its node, which does not report',
      podOf({ status: { conditions: [{ type: 'Ready', status: 'Unknown' }] } }),
      'its node does not report',
    ],
  ];

  it.each(cases)('for %s', async (_what, pod, why) => {
    expect(await judged(workloadOf(), [pod])).toBe(`down: redis-0: ${why}`);
  });

  it('is not held up by an init container that has ended well, or that runs beside it', async () => {
    const initContainerStatuses = [
      { name: 'once', ready: true, restartCount: 0, state: ended(0, 50, 'Completed') },
      { name: 'sidecar', ready: true, restartCount: 0, state: { running: {} } },
    ];
    expect(await judged(workloadOf(), [podOf({ status: { initContainerStatuses } })])).toBe(
      'up: 1 of 1 ready',
    );
  });
});

describe('a Deployment', () => {
  const owners = [{ uid: 'uid-web', controller: true }];
  const setOf = (name: string, replicas: number): JsonObject => ({
    metadata: { name, namespace: 'joelclaw', uid: `uid-${name}`, ownerReferences: owners },
    spec: { replicas },
    status: { replicas },
  });
  const look = async (workload: JsonObject, pods: readonly JsonObject[]) =>
    verdictOf(
      await lookAt({
        workload: 'deployment/web',
        lists: {
          deployments: [workload],
          replicasets: [setOf('web-new', 1), setOf('web-old', 0)],
          pods,
          events: [],
        },
      }),
    );
  const ready = podOf({ name: 'web-new-x', owner: 'uid-web-new' });
  const deadline = {
    type: 'Progressing',
    status: 'False',
    reason: 'ProgressDeadlineExceeded',
    message: 'ReplicaSet "web-new" has timed out progressing.',
  };

  it('has the pods of its current ReplicaSets', async () => {
    const stray = crashing('web-old-y');
    const old = {
      ...stray,
      metadata: {
        ...(stray['metadata'] as JsonObject),
        ownerReferences: [{ uid: 'uid-web-old', controller: true }],
      },
    };
    expect(await look(workloadOf({ name: 'web' }), [ready, old])).toBe('up: 1 of 1 ready');
  });

  it('has no pod by its name alone', async () => {
    const other = podOf({ name: 'web-new-z', owner: 'uid-somebody' });
    expect(await look(workloadOf({ name: 'web' }), [other])).toBe('down: it has no pod');
  });

  it('is degraded by a rollout that is stuck, while the old pods answer', async () => {
    const workload = workloadOf({ name: 'web', status: { conditions: [deadline] } });
    expect(await look(workload, [ready])).toBe(
      'degraded: its rollout is stuck (ProgressDeadlineExceeded)',
    );
  });

  it('says that its pods cannot be created', async () => {
    const failure = { type: 'ReplicaFailure', status: 'True', message: 'exceeded quota: few' };
    const workload = workloadOf({ name: 'web', status: { conditions: [failure] } });
    expect(await look(workload, [])).toBe(
      'down: it has no pod; pods cannot be created: exceeded quota: few',
    );
  });

  it('may be paused, and is degraded where that leaves old pods', async () => {
    const paused = { name: 'web', spec: { paused: true } };
    expect(await look(workloadOf(paused), [ready])).toBe('up: 1 of 1 ready, paused');
    const halfway = workloadOf({ ...paused, status: { updatedReplicas: 0 } });
    expect(await look(halfway, [ready])).toBe('degraded: paused in the middle of a rollout');
  });
});

describe('a DaemonSet', () => {
  const daemon = (desired: number, ready: number) => ({
    ...workloadOf({ name: 'flannel' }),
    status: { observedGeneration: 1, desiredNumberScheduled: desired, numberReady: ready },
  });
  const look = async (workload: JsonObject, pods: readonly JsonObject[]) =>
    verdictOf(
      await lookAt({
        workload: 'daemonset/flannel',
        lists: { daemonsets: [workload], pods, events: [] },
      }),
    );

  it('is to have as many pods as its controller has nodes for', async () => {
    const pod = podOf({ name: 'flannel-a', owner: 'uid-flannel' });
    expect(await look(daemon(1, 1), [pod])).toBe('up: 1 of 1 ready');
    expect(await look(daemon(2, 1), [pod])).toBe('degraded: 1 of 2 ready');
    expect(await look(daemon(0, 0), [])).toBe('idle: no node is to run it');
  });
});

describe('looking for a workload', () => {
  const there = { statefulsets: [workloadOf()], pods: [podOf()], events: [] };

  it('says that it is not found, and where it was looked for', async () => {
    const result = await lookAt({ lists: { statefulsets: [] } });
    expect(verdictOf(result)).toBe('down: not found: no statefulset/redis in namespace joelclaw');
    const anywhere = { lists: { statefulsets: [] }, namespace: null, cluster: { namespaces: [] } };
    expect(verdictOf(await lookAt(anywhere))).toBe(
      'down: not found: no statefulset/redis in any namespace',
    );
  });

  it('looks into all namespaces where the cluster names none, also for one that is told', async () => {
    const asked = { lists: there, namespace: null, cluster: { namespaces: [] } };
    expect(verdictOf(await lookAt(asked))).toBe('up: 1 of 1 ready');
    const told = { ...asked, workload: 'joelclaw/statefulset/redis' };
    expect(verdictOf(await lookAt(told))).toBe('up: 1 of 1 ready');
    const other = { ...asked, lists: { statefulsets: [workloadOf()] } };
    expect(verdictOf(await lookAt({ ...other, workload: 'b/statefulset/redis' }))).toBe(
      'down: not found: no statefulset/redis in namespace b',
    );
  });

  it('asks the namespace that is told, also beside the cluster’s', async () => {
    const asked = { lists: there, cluster: { namespaces: ['other'] } };
    const workload = 'joelclaw/statefulset/redis';
    expect(verdictOf(await lookAt({ ...asked, workload }))).toBe('up: 1 of 1 ready');
  });

  it('does not choose between two', async () => {
    const twin = workloadOf({ metadata: { namespace: 'staging', uid: 'uid-twin' } });
    const lists = { statefulsets: [workloadOf(), twin] };
    const { verdict, fault } = await lookAt({
      lists,
      namespace: null,
      cluster: { namespaces: [] },
    });
    expect(verdict.state).toBe('unknown');
    expect(fault).toMatchObject({
      code: 'not-found',
      side: 'prober',
      message: 'several namespaces have statefulset/redis: joelclaw, staging',
      hint: 'write which: workload: joelclaw/statefulset/redis',
    });
  });

  it('does not call missing what it may not list', async () => {
    const message = 'may not list statefulsets in joelclaw';
    const lists = { statefulsets: new FaultError(faultOf('forbidden', message)) };
    const { verdict, fault } = await lookAt({ lists });
    expect(verdict).toEqual({ state: 'unknown', note: message });
    expect(fault).toMatchObject({ code: 'forbidden' });
  });
});

describe('what may not be seen', () => {
  const forbidden = (what: string) => new FaultError(faultOf('forbidden', `may not list ${what}`));

  it('of its pods leaves its controller’s word, which knows no crash loop', async () => {
    const look = async (readyReplicas: number) => {
      const statefulsets = [workloadOf({ status: { readyReplicas } })];
      return lookAt({ lists: { statefulsets, pods: forbidden('pods'), events: [] } });
    };
    const seen = await look(1);
    expect(verdictOf(seen)).toBe('degraded: all ready; its pods are not seen: may not list pods');
    expect(seen.facts).not.toHaveProperty('restarts');
    expect(verdictOf(await look(0))).toBe(
      'down: 0 of 1 ready; its pods are not seen: may not list pods',
    );
  });

  it('of its events is said, and changes no state', async () => {
    const lists = { statefulsets: [workloadOf()], pods: [podOf()], events: forbidden('events') };
    const result = await lookAt({ lists });
    expect(verdictOf(result)).toBe(
      'up: 1 of 1 ready; its events are not seen: may not list events',
    );
    expect(result.facts).toMatchObject({ eventsTrouble: 'may not list events', events: [] });
  });

  it('for any other reason is a fault of the whole', async () => {
    const away = faultOf('timeout', 'no answer within 5 s', { side: 'prober' });
    const lists = { statefulsets: [workloadOf()], pods: new FaultError(away), events: [] };
    expect(verdictOf(await lookAt({ lists }))).toBe('unknown: no answer within 5 s');
  });
});

describe('the moment of a look', () => {
  it('is when the older of the lists was last proved', async () => {
    const list = (resource: string, items: readonly JsonObject[], ageMs: number) => ({
      verb: 'kube' as const,
      request: { cluster: 'joelclaw', resource, namespace: 'joelclaw' },
      answer: { items, provenAtMs: nowMs - ageMs },
    });
    const { at } = await look({
      kind: 'k8s',
      spec: { cluster: 'joelclaw', workload: 'statefulset/redis' },
      cluster,
      calls: [
        list('statefulsets', [workloadOf()], 5000),
        list('pods', [podOf()], 7000),
        // Events are evidence: that they are old makes the verdict no older.
        list('events', [], 60_000),
      ],
    });
    expect(at).toBe(new Date(nowMs - 7000).toISOString());
  });
});
