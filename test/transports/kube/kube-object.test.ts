import { afterEach, expect, test } from 'vitest';
import type { JsonObject } from '../../../src/model/json.ts';
import { createKube } from '../../../src/transports/kube/kube.ts';
import { createSockets } from '../../../src/transports/sockets.ts';
import { createTls } from '../../../src/transports/tls.ts';
import { faultOfCall, within } from '../../support/calls.ts';
import { recordedKube } from '../../support/kube-objects.ts';
import { type KubeServer, startKubeServer } from '../../support/kube-server.ts';

let server: KubeServer;
let end: () => void;
afterEach(async () => {
  end();
  await server.stop();
});

const path = '/apis/apps/v1/namespaces/joelclaw/statefulsets/redis';
const dry = `${path}?fieldManager=joelclaw&fieldValidation=Strict&dryRun=All`;
const answer = (status: number, name: string) => ({ status, body: recordedKube(name) });

async function ask(
  objects: Readonly<Record<string, { readonly status: number; readonly body: string }>>,
  wouldBe: { readonly object: JsonObject; readonly force: boolean } | null = null,
) {
  server = await startKubeServer({ objects });
  const sockets = createSockets();
  const { kubeObject, close } = createKube({ sockets, tls: createTls(sockets) });
  end = () => {
    close();
    sockets.close();
  };
  const { cluster } = server;
  const place = { cluster, path, resource: 'statefulsets', namespace: 'joelclaw' };
  return kubeObject({ ...place, wouldBe }, within(5000));
}

const object = { apiVersion: 'apps/v1', kind: 'StatefulSet', metadata: { name: 'redis' } };

test('an object is got as it is, with who manages its fields', async () => {
  const found = await ask({ [`GET ${path}`]: answer(200, 'statefulset-redis-live.json') });
  expect(found).toMatchObject({ kind: 'StatefulSet', metadata: { name: 'redis' } });
  expect(JSON.stringify(found)).toContain('managedFields');
});

test.each([
  ['ssa-dryrun-conflict-409.json', 409],
  ['ssa-dryrun-same.json', 409],
  ['ssa-immutable-422.json', 422],
  ['ssa-namespace-missing-404.json', 404],
  ['ssa-unknown-field-400.json', 500],
])('what is refused for its own sake is told as the server tells it: %s', async (name, status) => {
  const said = await ask({ [`PATCH ${dry}`]: answer(status, name) }, { object, force: false });
  expect(said).toEqual(JSON.parse(recordedKube(name)));
});

test('force is asked for by name, and never without a dry run', async () => {
  const forced = { [`PATCH ${dry}&force=true`]: answer(200, 'ssa-dryrun-forced-change.json') };
  expect(await ask(forced, { object, force: true })).toMatchObject({ kind: 'StatefulSet' });
});

test('who may not is told what is missing', async () => {
  const forbidden = {
    ...{ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Forbidden', code: 403 },
    message:
      'statefulsets.apps "redis" is forbidden: User "viewer" cannot patch resource "statefulsets" in API group "apps" in the namespace "joelclaw"',
  };
  const objects = { [`PATCH ${dry}`]: { status: 403, body: JSON.stringify(forbidden) } };
  expect(await faultOfCall(ask(objects, { object, force: false }))).toMatchObject({
    code: 'forbidden',
    message: 'we may not patch statefulsets in namespace joelclaw',
  });
});

test.each([
  [500, '{"kind":"Status","status":"Failure","message":"etcd is away","code":500}', /500: etcd/],
  [200, '<html>', /is no object/],
])('trouble of the server is a fault: %s', async (status, body, words) => {
  const fault = await faultOfCall(ask({ [`GET ${path}`]: { status, body } }));
  expect(fault).toMatchObject({ code: 'protocol', message: expect.stringMatching(words) });
});
