import { describe, expect, it } from 'vitest';
import type { Previous } from '../../../src/kinds/contract.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { Cluster } from '../../../src/model/inventory.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import type { Result } from '../../../src/model/result.ts';
import { type Answer, cluster, recorded } from '../k8s/ask.ts';
import { look, previousOf, verdictOf } from '../look.ts';
import { nowMs } from '../strict-transports.ts';

const systemUid = 'd092cd15-0fa5-40cb-94f1-38ff3c31a734';
const namespaces = recorded('namespaces');

interface Asked {
  readonly namespaces?: Answer;
  readonly nodes?: Answer;
  readonly cluster?: Partial<Cluster>;
  readonly previous?: Previous;
}

function lookAt(asked: Asked = {}): Promise<Result> {
  const lists = { namespaces, nodes: [nodeOf()], ...asked };
  const call = (resource: string, items: Answer) => ({
    verb: 'kube' as const,
    request: { cluster: 'joelclaw', resource, namespace: null },
    answer: items instanceof Error ? items : { items, provenAtMs: nowMs },
  });
  return look({
    kind: 'cluster',
    spec: { cluster: 'joelclaw' },
    cluster: { ...cluster, ...asked.cluster },
    ...(asked.previous ? { previous: asked.previous } : {}),
    calls: [call('namespaces', lists.namespaces), call('nodes', lists.nodes)],
  });
}

function nodeOf(more: { name?: string; spec?: JsonObject; status?: JsonObject } = {}): JsonObject {
  const { name = 'node-1', spec = {}, status = {} } = more;
  return {
    metadata: { name, labels: { 'node-role.kubernetes.io/control-plane': '' } },
    spec,
    status: {
      conditions: [{ type: 'Ready', status: 'True' }],
      nodeInfo: { kubeletVersion: 'v1.35.0' },
      ...status,
    },
  };
}

const condition = (type: string, status: string, message = ''): JsonObject => ({
  type,
  status,
  message,
});
const ready = condition('Ready', 'True');
const tainted = (key: string, effect = 'NoSchedule', value?: string) => ({
  taints: [{ key, effect, ...(value === undefined ? {} : { value }) }],
});

/** `state: note` of the only node, as its part says. */
async function nodeVerdict(node: JsonObject): Promise<string> {
  const [part] = (await lookAt({ nodes: [node] })).parts;
  return `${part?.verdict.state}: ${part?.verdict.note}`;
}

describe('the recorded cluster', () => {
  it('has a node that a taint keeps pods off, and one that has never reported', async () => {
    const result = await lookAt({ nodes: recorded('nodes') });
    const taint = 'tainted node.kubernetes.io/not-ready:NoSchedule';
    expect(result.parts.map(({ id, kind, verdict }) => [id, kind, verdict])).toEqual([
      ['joelclaw-controlplane-1', 'k8s-node', { state: 'degraded', note: taint }],
      [
        'joelclaw-worker-1',
        'k8s-node',
        { state: 'unknown', note: 'its kubelet has not reported yet' },
      ],
    ]);
    expect(verdictOf(result)).toBe(`degraded: joelclaw-controlplane-1: ${taint} (and 1 more)`);
  });

  it('tells what a node has and where it is', async () => {
    const [part] = (await lookAt({ nodes: recorded('nodes') })).parts;
    expect(part?.facts).toMatchObject({
      cluster: 'joelclaw',
      roles: ['control-plane'],
      version: 'v1.35.0',
      os: 'Talos (v1.12.4)',
      ready: 'True',
      capacity: { cpus: 4, memoryBytes: 8_130_604 * 1024, pods: 110 },
      allocatable: { cpus: 3.95, memoryBytes: 7_672_876 * 1024, pods: 110 },
      createdAt: '2026-11-23T08:43:49.000Z',
      addresses: ['InternalIP 10.5.0.2', 'Hostname joelclaw-controlplane-1'],
    });
  });

  it('is known by its kube-system, and has the inventory’s namespace with its label', async () => {
    const result = await lookAt();
    expect(verdictOf(result)).toBe('up: 1 node, v1.35.0');
    expect(result.facts).toMatchObject({
      uid: systemUid,
      knownUid: systemUid,
      namespaces: [{ name: 'joelclaw', exists: true, podSecurity: 'privileged' }],
    });
  });
});

describe('a node', () => {
  const disk = condition('DiskPressure', 'True');
  const own = 'node-role.kubernetes.io/control-plane';
  const cases: readonly (readonly [string, JsonObject, string])[] = [
    ['that is ready', nodeOf(), 'up: control-plane v1.35.0'],
    [
      'that votes in the embedded etcd of k3s',
      nodeOf({ status: { conditions: [ready, condition('EtcdIsVoter', 'True')] } }),
      'up: control-plane v1.35.0',
    ],
    [
      'that is not',
      nodeOf({ status: { conditions: [condition('Ready', 'False', 'the CNI is not ready')] } }),
      'down: not ready: the CNI is not ready',
    ],
    [
      'of which nothing is heard',
      nodeOf({ status: { conditions: [condition('Ready', 'Unknown')] } }),
      'down: its kubelet stopped reporting',
    ],
    [
      'whose readiness is not understood',
      nodeOf({ status: { conditions: [condition('Ready', 'Perhaps')] } }),
      'unknown: its condition Ready is "Perhaps"',
    ],
    [
      'without a status',
      { ...nodeOf(), status: null },
      'unknown: its kubelet has not reported yet',
    ],
    [
      'with pressure, and the taint that comes of it',
      nodeOf({
        spec: tainted('node.kubernetes.io/disk-pressure'),
        status: { conditions: [ready, disk, condition('MemoryPressure', 'True')] },
      }),
      'degraded: DiskPressure, MemoryPressure'.replace(', ', '; '),
    ],
    [
      'with pressure of a kind that others watch for',
      nodeOf({ status: { conditions: [ready, condition('KernelDeadlock', 'True')] } }),
      'degraded: KernelDeadlock',
    ],
    [
      'with another part that is ready too',
      nodeOf({ status: { conditions: [ready, condition('StorageReady', 'True')] } }),
      'up: control-plane v1.35.0',
    ],
    [
      'that is cordoned',
      nodeOf({ spec: { unschedulable: true, ...tainted('node.kubernetes.io/unschedulable') } }),
      'degraded: cordoned: takes no new pods',
    ],
    [
      'with a taint of somebody',
      nodeOf({ spec: tainted('dedicated', 'NoExecute', 'gpu') }),
      'degraded: tainted dedicated=gpu:NoExecute',
    ],
    [
      'with the control plane’s own taint',
      nodeOf({ spec: tainted(own) }),
      'up: control-plane v1.35.0',
    ],
    [
      'with a taint that only prefers',
      nodeOf({ spec: tainted('slow', 'PreferNoSchedule') }),
      'up: control-plane v1.35.0',
    ],
  ];

  it.each(cases)('%s', async (_what, node, verdict) => {
    expect(await nodeVerdict(node)).toBe(verdict);
  });
});

describe('a cluster', () => {
  const down = (name: string) =>
    nodeOf({ name, status: { conditions: [condition('Ready', 'Unknown')] } });

  it('is degraded by a node that is down, and down where none is left', async () => {
    expect(verdictOf(await lookAt({ nodes: [nodeOf(), down('node-2')] }))).toBe(
      'degraded: node-2: its kubelet stopped reporting',
    );
    expect(verdictOf(await lookAt({ nodes: [down('node-1'), down('node-2')] }))).toBe(
      'down: no node is ready: node-1: its kubelet stopped reporting (and 1 more)',
    );
    expect(verdictOf(await lookAt({ nodes: [] }))).toBe('degraded: it has no node');
  });

  it('is degraded without a namespace that the inventory names', async () => {
    const asked = { cluster: { namespaces: ['joelclaw', 'a', 'b'] } };
    expect(verdictOf(await lookAt(asked))).toBe('degraded: no namespace a, b');
  });

  it('says what it may not list, and goes on with the rest', async () => {
    const message = 'nodes is forbidden: User "viewer" cannot list resource "nodes"';
    const forbidden = new FaultError(faultOf('forbidden', message));
    const result = await lookAt({ nodes: forbidden });
    expect(verdictOf(result)).toBe(`degraded: nodes are not seen: ${message}`);
    expect(result.fault).toBeNull();
    expect(result.facts).toMatchObject({ uid: systemUid, nodesTrouble: message });
    expect(result.parts).toEqual([]);
    const other = await lookAt({ namespaces: forbidden });
    expect(verdictOf(other)).toBe(`degraded: namespaces are not seen: ${message}`);
    expect(other.parts).toHaveLength(1);
    const neither = await lookAt({ namespaces: forbidden, nodes: forbidden });
    expect(neither.verdict.state).toBe('degraded');
    expect(neither.at).toBe(new Date(nowMs).toISOString());
  });

  it('keeps the nodes that it may no longer list, as unknown', async () => {
    const before = await lookAt();
    const message = 'nodes is forbidden';
    const nodes = new FaultError(faultOf('forbidden', message));
    const hidden = await lookAt({ nodes, previous: previousOf(before) });
    const again = await lookAt({ nodes, previous: previousOf(hidden) });
    for (const { parts } of [hidden, again]) {
      expect(parts.map(({ id, verdict }) => [id, verdict.state, verdict.note])).toEqual([
        ['node-1', 'unknown', `not seen: ${message}`],
      ]);
    }
  });

  it('that cannot be asked has the fault of who asked', async () => {
    const away = faultOf('refused', 'refused at 127.0.0.1:64784', { side: 'prober' });
    const result = await lookAt({ nodes: new FaultError(away) });
    expect(verdictOf(result)).toBe('unknown: refused at 127.0.0.1:64784');
    expect(result.parts).toEqual([]);
  });
});

describe('which cluster it is', () => {
  const anew = namespaces.map((one) => {
    const metadata = one['metadata'] as JsonObject;
    return metadata['name'] === 'kube-system'
      ? { ...one, metadata: { ...metadata, uid: 'another' } }
      : one;
  });

  it('is pinned: nothing of another one is believed', async () => {
    const pinned = { cluster: { uid: systemUid } };
    expect(verdictOf(await lookAt(pinned))).toBe('up: 1 node, v1.35.0');
    const { verdict, fault, parts } = await lookAt({ ...pinned, namespaces: anew });
    const note = `another cluster answers: its uid is another, that of joelclaw is ${systemUid}`;
    expect(verdict).toEqual({ state: 'unknown', note });
    expect(fault?.hint).toContain('clusters[].context');
    expect(parts).toEqual([]);
  });

  it('is remembered where it is not pinned, until it is', async () => {
    const first = await lookAt();
    const second = await lookAt({ namespaces: anew, previous: previousOf(first) });
    const third = await lookAt({ namespaces: anew, previous: previousOf(second) });
    const note = `another cluster than before answers here: its uid is another, that of joelclaw was ${systemUid}; set clusters[].uid to the right one`;
    for (const { verdict } of [second, third]) expect(verdict).toEqual({ state: 'degraded', note });
    const back = await lookAt({ previous: previousOf(third) });
    expect(back.verdict.state).toBe('up');
    const accepted = { namespaces: anew, cluster: { uid: 'another' }, previous: previousOf(third) };
    expect((await lookAt(accepted)).verdict.state).toBe('up');
  });

  it('is kept in mind while namespaces may not be listed', async () => {
    const forbidden = new FaultError(faultOf('forbidden', 'may not list namespaces'));
    const first = await lookAt();
    const second = await lookAt({ namespaces: forbidden, previous: previousOf(first) });
    expect(second.facts).toMatchObject({ uid: null, knownUid: systemUid });
  });

  it('cannot be told where there is no kube-system', async () => {
    expect(verdictOf(await lookAt({ namespaces: [namespaces[1] ?? {}] }))).toBe(
      'degraded: kube-system is not listed: which cluster this is cannot be told',
    );
  });
});
