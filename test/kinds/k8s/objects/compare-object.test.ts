import { describe, expect, it, test } from 'vitest';
import { canonical, differingFields } from '../../../../src/kinds/k8s/objects/canonical.ts';
import { compareObject } from '../../../../src/kinds/k8s/objects/compare-object.ts';
import { placeOf } from '../../../../src/kinds/k8s/objects/place.ts';
import type { JsonObject } from '../../../../src/model/json.ts';
import { recordedKube } from '../../../support/kube-objects.ts';

const recorded = (name: string): JsonObject => JSON.parse(recordedKube(name)) as JsonObject;
const live = recorded('statefulset-redis-live.json');
const forced = recorded('ssa-dryrun-forced-change.json');
const same = recorded('ssa-dryrun-same.json');
const conflict = recorded('ssa-dryrun-conflict-409.json');

/** With us among its managers, as after an apply of ours. */
function applied(object: JsonObject): JsonObject {
  const metadata = object['metadata'] as JsonObject;
  const managedFields = [
    ...(metadata['managedFields'] as readonly JsonObject[]),
    { manager: 'joelclaw', operation: 'Apply' },
  ];
  return { ...object, metadata: { ...metadata, managedFields } };
}

/** The server's own answer to the same object: it has what only a claim has, and other versions. */
const unchanged: JsonObject = {
  ...live,
  metadata: { ...(live['metadata'] as JsonObject), resourceVersion: '1001', generation: 4 },
  status: {},
};

describe('an object of a cluster, by what a real API server answered', () => {
  it('is in sync though kubectl is said to have its claims, where nothing would become another', () => {
    expect(compareObject({ live, wouldBe: same, forced: unchanged })).toEqual({
      ...{ verdict: 'in-sync', note: '', change: null, isRefused: false },
    });
  });

  it('is unmanaged where it differs and we never applied it, with the lines that would change', () => {
    const found = compareObject({ live, wouldBe: conflict, forced });
    expect(found).toMatchObject({
      verdict: 'unmanaged',
      note: '.spec.template.spec.containers[name="redis"].command differs',
    });
    const changed = found.change?.lines.filter((line) => /^[+-]/.test(line));
    expect(changed).toEqual(['-            - 256mb', '+            - 512mb']);
  });

  it('is drift where others have all that would change, and conflict where not all', () => {
    expect(compareObject({ live: applied(live), wouldBe: conflict, forced })).toMatchObject({
      verdict: 'drift',
      note: '.spec.template.spec.containers[name="redis"].command differs, by kubectl-client-side-apply',
    });
    const more = { ...forced, spec: { ...(forced['spec'] as JsonObject), replicas: 2 } };
    expect(compareObject({ live: applied(live), wouldBe: conflict, forced: more })).toMatchObject({
      verdict: 'conflict',
    });
  });

  it('is pending where the repo has changed and nobody else has the fields', () => {
    const found = compareObject({ live: applied(live), wouldBe: forced, forced: null });
    expect(found).toMatchObject({ verdict: 'pending', change: { added: 1, removed: 1 } });
  });

  const absent = recorded('error-404-statefulset.json');
  const say = (wouldBe: JsonObject, there: JsonObject = absent) => {
    const { verdict, note } = compareObject({ live: there, wouldBe, forced: null });
    return `${verdict}: ${note}`;
  };
  const refusal = (code: number, message: string, more: JsonObject = {}): JsonObject => ({
    ...{ kind: 'Status', apiVersion: 'v1', status: 'Failure', code, message, ...more },
  });

  it('is missing, also with its namespace', () => {
    expect(say(unchanged)).toBe('missing: not there');
    expect(say(recorded('ssa-namespace-missing-404.json'))).toBe(
      'missing: namespaces "nope" not found',
    );
  });

  it.each([
    recorded('ssa-immutable-422.json')['message'],
    'Deployment.apps "web" is invalid: spec.selector: Invalid value: {}: field is immutable',
    'Service "redis" is invalid: spec.clusterIPs[0]: Invalid value: ["10.0.0.9"]: may not change once set',
    'StorageClass.storage.k8s.io "local" is invalid: parameters: Forbidden: updates to parameters are forbidden.',
    'PersistentVolumeClaim "data" is invalid: spec.resources.requests.storage: Forbidden: field can not be less than previous value',
  ])('requires replace where a field of what is there cannot change: %s', (message) => {
    expect(say(refusal(422, String(message)), live)).toBe(`pending: requires replace: ${message}`);
  });

  it('says that the server refuses a manifest that is wrong, and calls that no replacement', () => {
    const wrong =
      'Service "redis" is invalid: spec.ports[0].nodePort: Invalid value: 6379: provided port is not in the valid range';
    expect(say(refusal(422, wrong), live)).toBe(`unknown: the API server refuses it: ${wrong}`);
    expect(say(refusal(422, wrong))).toBe(
      `missing: not there, and the API server refuses it: ${wrong}`,
    );
    expect(say(recorded('ssa-unknown-field-400.json'), live)).toMatch(
      /^unknown: the API server refuses it: failed to create typed patch object .*\.spec\.replicaz/,
    );
    const one = { live: absent, wouldBe: refusal(422, wrong), forced: null };
    expect(compareObject(one).isRefused).toBe(true);
  });

  it('is never missing where the server did not say that it is not there', () => {
    const notServed = refusal(404, 'the server could not find the requested resource', {
      details: {},
    });
    expect(say(notServed, notServed)).toBe(
      'unknown: the server could not find the requested resource',
    );
    expect(say(unchanged, refusal(400, 'bad request'))).toBe('unknown: bad request');
  });

  it('is in sync though the server counts versions and tools leave their notes', () => {
    const namespace = recorded('ssa-namespace-dryrun.json');
    const metadata = namespace['metadata'] as JsonObject;
    const before = { ...namespace, metadata: { ...metadata, annotations: {}, managedFields: [] } };
    expect(compareObject({ live: before, wouldBe: namespace, forced: null }).verdict).toBe(
      'in-sync',
    );
  });

  it('never shows what a Secret holds', () => {
    const secret = (value: string): JsonObject => ({
      ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'keys', namespace: 'joelclaw' } },
      data: { token: value, other: 'c2FtZQ==' },
    });
    const found = compareObject({
      ...{ live: applied({ ...secret('b2xk'), metadata: { name: 'keys', managedFields: [] } }) },
      ...{ wouldBe: { ...secret('bmV3'), metadata: { name: 'keys' } }, forced: null },
    });
    expect(found).toMatchObject({ verdict: 'pending', note: '.data.token differs' });
    expect(JSON.stringify(found)).not.toMatch(/b2xk|bmV3|c2FtZQ/);
  });
});

test('fields are named as the server names them', () => {
  const list = (names: readonly string[]) => names.map((name) => ({ name, at: 1 }));
  const at = { a: list(['x', 'y']), b: [1, 2], c: 'same' };
  expect(differingFields(at, { ...at, a: list(['x', 'z']), b: [1, 3] })).toEqual([
    '.a[name="y"]',
    '.a[name="z"]',
    '.b',
  ]);
  expect(differingFields(at, { ...at, d: null })).toEqual(['.d']);
  expect(differingFields(at, { ...at, a: list(['y', 'x']) })).toEqual(['.a']);
  const reported = { apiVersion: 'v1', kind: 'X', spec: { none: null }, status: 1 };
  expect(canonical(reported)).toEqual({ apiVersion: 'v1', kind: 'X', metadata: {}, spec: {} });
});

test('items of one name twice are no two things of one name', () => {
  const mounts = (...paths: readonly string[]) => paths.map((at) => ({ name: 'data', at }));
  expect(differingFields({ m: mounts('/a', '/b') }, { m: mounts('/a', '/c') })).toEqual(['.m']);
});

test('a peer of all namespaces is another one than a peer of its own', () => {
  const peer = { podSelector: {} };
  const [own, all] = [{ from: [peer] }, { from: [{ ...peer, namespaceSelector: {} }] }];
  expect(differingFields(canonical(own), canonical(all))).toEqual(['.from']);
});

test('what the server says of a secret in an environment is not shown', () => {
  const object = (value: string) => ({
    kind: 'Pod',
    spec: { containers: [{ name: 'web', env: [{ name: 'REDIS_PASSWORD', value }] }] },
  });
  const live = applied({ ...object('planted-1'), metadata: { name: 'web', managedFields: [] } });
  const wouldBe = { ...object('planted-2'), metadata: { name: 'web' } };
  const found = compareObject({ live, wouldBe, forced: null });
  expect(found.note).toContain('env[name="REDIS_PASSWORD"].value differs');
  expect(JSON.stringify(found)).not.toContain('planted');
  const message = 'Invalid value: "--requirepass planted-3"';
  const refusal = { kind: 'Status', status: 'Failure', code: 422, message };
  expect(JSON.stringify(compareObject({ live, wouldBe: refusal, forced: null }))).not.toContain(
    'planted',
  );
});

test('what hands have set of a port that has a name is theirs', () => {
  const port = (nodePort: number) => ({ name: 'redis', port: 6379, nodePort });
  const service = (nodePort: number) => ({ kind: 'Service', spec: { ports: [port(nodePort)] } });
  const live = applied({ ...service(30002), metadata: { name: 'redis', managedFields: [] } });
  const forced = { ...service(30001), metadata: { name: 'redis' } };
  const field = '.spec.ports[port=6379,protocol="TCP"].nodePort';
  const causes = [
    { reason: 'FieldManagerConflict', message: 'conflict with "kubectl-edit"', field },
  ];
  const wouldBe = { kind: 'Status', status: 'Failure', code: 409, details: { causes } };
  expect(compareObject({ live, wouldBe, forced })).toMatchObject({ verdict: 'drift' });
});

test.each([
  ['v1', 'Namespace', '', '/api/v1/namespaces/x'],
  ['v1', 'Service', 'n', '/api/v1/namespaces/n/services/x'],
  ['apps/v1', 'StatefulSet', 'n', '/apis/apps/v1/namespaces/n/statefulsets/x'],
  ['networking.k8s.io/v1', 'Ingress', 'n', '/apis/networking.k8s.io/v1/namespaces/n/ingresses/x'],
  ['storage.k8s.io/v1', 'StorageClass', '', '/apis/storage.k8s.io/v1/storageclasses/x'],
  [
    'networking.k8s.io/v1',
    'NetworkPolicy',
    'n',
    '/apis/networking.k8s.io/v1/namespaces/n/networkpolicies/x',
  ],
])('%s %s has its place', (apiVersion, kind, namespace, path) => {
  expect(placeOf({ apiVersion, kind, name: 'x', namespace })).toMatchObject({ path });
});

test('what has no place says why', () => {
  const at = { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'x', namespace: '' };
  expect(placeOf(at)).toEqual({ why: 'StatefulSet x names no namespace' });
  expect(placeOf({ ...at, kind: 'Widget' })).toEqual({
    why: 'apps/v1 Widget is no kind that joelclaw knows',
  });
});
