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
      ...{ verdict: 'in-sync', note: '', change: null },
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

  it('is missing, also with its namespace; requires replace; or is not understood', () => {
    const absent = recorded('error-404-statefulset.json');
    const say = (wouldBe: JsonObject, there: JsonObject = absent) => {
      const { verdict, note } = compareObject({ live: there, wouldBe, forced: null });
      return `${verdict}: ${note}`;
    };
    expect(say(unchanged)).toBe('missing: not there');
    expect(say(recorded('ssa-namespace-missing-404.json'))).toBe(
      'missing: namespaces "nope" not found',
    );
    expect(say(recorded('ssa-immutable-422.json'), live)).toMatch(
      /^pending: requires replace: StatefulSet\.apps "redis" is invalid/,
    );
    expect(say(recorded('ssa-unknown-field-400.json'), live)).toMatch(
      /^unknown: failed to create typed patch object .*\.spec\.replicaz/,
    );
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
  const emptied = { apiVersion: 'v1', kind: 'X', spec: { resources: {}, none: null }, status: 1 };
  expect(canonical(emptied)).toEqual({ apiVersion: 'v1', kind: 'X' });
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
