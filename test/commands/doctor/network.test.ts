import { describe, expect, test } from 'vitest';
import { clusterItems } from '../../../src/commands/doctor/cluster-items.ts';
import { inngestItems } from '../../../src/commands/doctor/inngest-items.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { Cluster } from '../../../src/model/inventory.ts';
import { answered, type Call } from '../../kinds/strict-transports.ts';
import { groundOf, told } from './ground.ts';

const cluster: Cluster = {
  name: 'home',
  host: 'a',
  kubeconfig: '~/.kube/config',
  context: 'admin@home',
  namespaces: [],
  uid: null,
  dependsOn: [],
};
const config = `current-context: admin@home
contexts: [{name: admin@home}, {name: other}]
users: [{name: u, user: {token: hunter2hunter2}}]
`;
const read = (answer: string | Error): Call => ({
  verb: 'readFile',
  request: { host: null, path: '~/.kube/config' },
  answer,
});
const list = (answer: object, resource = 'namespaces', namespace: string | null = null): Call => ({
  verb: 'kube',
  request: { cluster: 'home', resource, namespace },
  answer,
});
const system = { metadata: { name: 'kube-system', uid: 'u-1' } };
const answers = list({ items: [system, { metadata: { name: 'default' } }], provenAtMs: 0 });
const forbidden = (what: string) => new FaultError(faultOf('forbidden', `we may not list ${what}`));
const inNamespaces = [
  ...['pods', 'events'],
  ...['statefulsets', 'deployments', 'daemonsets', 'replicasets'],
];
/** All that is asked for may be listed, but for these. */
const lists = (
  instead: Readonly<Record<string, object>> = {},
  namespace: string | null = null,
): readonly Call[] => [
  list(instead['namespaces'] ?? { items: [system], provenAtMs: 0 }),
  list(instead['nodes'] ?? { items: [], provenAtMs: 0 }, 'nodes'),
  ...inNamespaces.map((one) => list(instead[one] ?? { items: [], provenAtMs: 0 }, one, namespace)),
];
const refused = list(new FaultError(faultOf('auth', 'the API takes no login of this context')));

describe('a cluster', () => {
  const lookAt = async (calls: readonly Call[], more: Partial<Cluster> = {}) => {
    const { ground, unused } = groundOf(calls);
    const items = await clusterItems(ground, { ...cluster, ...more });
    expect(unused()).toEqual([]);
    return items;
  };

  test('that answers is told to be pinned, with the very line', async () => {
    const items = await lookAt([read(config), answers, ...lists()]);
    expect(items.map(told)).toEqual([
      'ok: admin@home in ~/.kube/config',
      'ok: answers, 2 namespaces',
      'ok: all that is asked for may be listed',
      'warning: not pinned: whatever answers there is taken for it',
    ]);
    expect(items[3]?.fix).toBe('write uid: u-1');
  });

  test.each([
    [{ uid: 'u-1' }, 'ok: pinned to u-1'],
    [{ uid: 'u-2' }, 'missing: another cluster answers: u-1'],
  ])('%j', async (more, wanted) => {
    expect((await lookAt([read(config), answers, ...lists()], more)).map(told)[3]).toBe(wanted);
  });

  test('names what may not be listed, with the rules to add', async () => {
    const instead = { pods: forbidden('pods'), replicasets: forbidden('replicasets') };
    const calls = [read(config), answers, ...lists(instead)];
    const item = (await lookAt(calls)).find(({ id }) => id === 'cluster/home/lists');
    expect(item).toMatchObject({
      state: 'warning',
      note: 'we may not list pods; we may not list replicasets',
      fix: [
        'add to the rules of its ClusterRole: {apiGroups: [""], resources: [pods], verbs: [list, watch]}',
        'add to the rules of its ClusterRole: {apiGroups: ["apps"], resources: [replicasets], verbs: [list, watch]}',
      ].join('\n'),
    });
  });

  test('that shows its namespaces alone is asked for these', async () => {
    const instead = { namespaces: forbidden('namespaces'), events: forbidden('events') };
    const only = { namespaces: ['joelclaw'] };
    const refusedOnce = list(forbidden('namespaces'));
    const calls = [read(config), refusedOnce, ...lists(instead, 'joelclaw')];
    expect((await lookAt(calls, only)).map(told)).toEqual([
      'ok: admin@home in ~/.kube/config',
      'ok: answers',
      'warning: we may not list namespaces; we may not list events',
    ]);
    const events = { events: forbidden('events') };
    const item = (await lookAt([read(config), answers, ...lists(events, 'joelclaw')], only))[2];
    expect(item?.fix).toBe(
      'add to the rules of its Role in joelclaw: {apiGroups: [""], resources: [events], verbs: [list, watch]}',
    );
  });

  test('whose pods’ logs may not be read says so too', async () => {
    const running = [{ name: 'redis', state: { running: {} } }];
    const pods = {
      items: [
        { metadata: { namespace: 'x', name: 'new-0' }, status: { containerStatuses: [] } },
        { metadata: { namespace: 'x', name: 'redis-0' }, status: { containerStatuses: running } },
      ],
      provenAtMs: 0,
    };
    const asked = { cluster: 'home', namespace: 'x', pod: 'redis-0', container: 'redis' };
    const log: Call = {
      verb: 'podLog',
      request: { ...asked, previous: false, lines: 1 },
      answer: new FaultError(faultOf('forbidden', 'we may not get pods/log in namespace x')),
    };
    const item = (await lookAt([read(config), answers, ...lists({ pods }), log]))[2];
    expect(item).toMatchObject({
      state: 'warning',
      note: 'we may not get pods/log in namespace x',
      fix: 'add to the rules of its ClusterRole: {apiGroups: [""], resources: [pods/log], verbs: [get]}',
    });
  });

  test.each([
    [
      'a file without that context',
      config,
      { context: 'gone' },
      'has no context gone',
      'admin@home, other',
    ],
    [
      'a file without a current one',
      'contexts: []',
      { context: null },
      'has no current context',
      'none',
    ],
    ['what is no kubeconfig', '{', {}, 'is no kubeconfig', 'talosctl kubeconfig'],
    [
      'no file',
      new FaultError(faultOf('not-found', 'x')),
      {},
      'does not exist',
      'clusters[].kubeconfig',
    ],
  ])('%s is missing, with what to do', async (_title, text, more, note, fix) => {
    const [context, api] = await lookAt([read(text), refused], more);
    expect(context).toMatchObject({ state: 'missing' });
    expect(context?.note).toContain(note);
    expect(context?.fix).toContain(fix);
    expect(api).toMatchObject({
      state: 'missing',
      note: 'the API takes no login of this context',
      fix: 'look at the credentials that are used for it',
    });
  });

  test('shows no credential of its file', async () => {
    const items = await lookAt([read(config), refused], { context: 'gone' });
    expect(JSON.stringify(items)).not.toContain('hunter2');
  });
});

describe('an Inngest server', () => {
  const server = {
    name: 'inngest',
    url: 'http://localhost:8288/',
    worker: 'http://localhost:3111/api/inngest',
    app: null,
    expect: null,
    eventKey: null,
  };
  const get = (url: string, status: number): Call => ({
    verb: 'http',
    request: { url, method: 'GET', headers: {}, tls: {} },
    answer: answered('', { status }),
  });
  const graphql = (body: string, status = 200): Call => ({
    verb: 'http',
    request: {
      url: 'http://localhost:8288/v0/gql',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      tls: {},
      body: '{"query":"{__typename}"}',
      maxBytes: 4 * 1024 * 1024,
    },
    answer: answered(body, { status }),
  });
  const lookAt = async (health: number, gql: Call, worker: number) => {
    const calls = [
      get('http://localhost:8288/health', health),
      gql,
      get('http://localhost:3111/api/inngest', worker),
    ];
    return Promise.all(inngestItems(groundOf(calls).ground, server));
  };

  test('that answers is ok, and so is a worker that wants a signature', async () => {
    const items = await lookAt(200, graphql('{"data":{"__typename":"Query"}}'), 401);
    expect(items.map(({ state }) => state)).toEqual(['ok', 'ok', 'ok']);
  });

  test('without GraphQL or at a wrong address is missing', async () => {
    const items = await lookAt(404, graphql('404 page not found', 404), 404);
    expect(items.map(told)).toEqual([
      'missing: http://localhost:8288/health answers 404',
      'missing: the server has no GraphQL',
      'missing: http://localhost:3111/api/inngest answers 404',
    ]);
    expect(items[1]?.fix).toContain('--no-ui');
  });
});
