import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createPlain } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Fault } from '../../../src/model/fault.ts';
import { faultOfCall, within } from '../../support/calls.ts';
import { type KubeconfigWords, wordsFor, writeKubeconfig } from '../../support/kube-config.ts';
import { recordedKube } from '../../support/kube-objects.ts';
import type { KubeBehaviour } from '../../support/kube-rules.ts';
import { ask, type KubeRig, startKubeRig } from './kube-rig.ts';

let rig: KubeRig;
const others: (() => void)[] = [];
afterEach(async () => {
  for (const end of others.splice(0)) end();
  await rig.stop();
});

/** The fault after the kubeconfig was written anew, with other words. */
async function faultWith(words: Partial<KubeconfigWords>): Promise<Fault> {
  const { kubeconfig, certificates } = rig.server;
  await writeKubeconfig(kubeconfig, { ...wordsFor(rig.server.port(), certificates), ...words });
  return faultOfCall(rig.list('pods'));
}

const busy = (message: string): string => JSON.stringify({ kind: 'Status', message });

const answered: readonly (readonly [string, KubeBehaviour, Partial<Fault>])[] = [
  [
    '401',
    { status: 401, body: recordedKube('error-401-unauthorized.json') },
    { code: 'auth', message: 'the API server does not accept our credentials' },
  ],
  [
    '403 with a Status',
    { status: 403, body: recordedKube('error-403-forbidden.json') },
    {
      code: 'forbidden',
      message: 'we may not list pods in namespace joelclaw',
      hint: 'a role with list and watch on pods, bound to the user of context admin@joelclaw-1',
    },
  ],
  [
    '403 of one whom it does not know',
    { status: 403, body: recordedKube('error-403-anonymous.json') },
    { code: 'forbidden', message: 'we may not list nodes' },
  ],
  ['403 of a proxy', { status: 403, body: '<html>Access denied</html>' }, { code: 'protocol' }],
  [
    '404 with a Status',
    { status: 404, body: recordedKube('error-404-statefulset.json') },
    { code: 'not-found', message: 'the cluster has no pods' },
  ],
  [
    'a path that it does not have',
    { status: 404, body: recordedKube('error-404-no-metrics-server.txt') },
    { code: 'protocol' },
  ],
  ['HTML', { status: 200, body: '<!doctype html><title>NAS</title>' }, { code: 'protocol' }],
  ['JSON of something else', { status: 200, body: '{"status":"running"}' }, { code: 'protocol' }],
  [
    'a list of what has no name',
    { status: 200, body: '{"metadata":{"resourceVersion":"1"},"items":[7]}' },
    { code: 'protocol' },
  ],
  [
    'a redirect',
    { status: 302, body: '', headers: { location: 'https://elsewhere.test/' } },
    { code: 'protocol' },
  ],
  [
    '500 with a Status',
    { status: 500, body: busy('etcdserver: leader changed') },
    { code: 'protocol', message: 'the API server answered 500: etcdserver: leader changed' },
  ],
  [
    '504 with a Status',
    { status: 504, body: busy('Timeout: request did not complete within 60s') },
    { code: 'timeout' },
  ],
  [
    '503 of a proxy',
    { status: 503, body: 'no backend' },
    { code: 'protocol', message: 'the API server answered 503' },
  ],
];

test.each(answered)('%s is told in its own words, on our side', async (_what, how, wanted) => {
  rig = await startKubeRig();
  rig.server.behave({}, how);
  const fault = await faultOfCall(rig.list('pods'));
  expect(fault).toMatchObject({ ...wanted, side: 'prober' });
});

test('what is wrong with one list is told of that list, while the others are well', async () => {
  rig = await startKubeRig();
  const { items } = await rig.list('nodes');
  expect(items).not.toHaveLength(0);
  const whole = recordedKube('pods.json');
  const wrong = [
    [{ status: 200, body: whole.slice(0, whole.length / 2) }, 'was cut short'],
    [{ status: 200, body: '<html>' }, 'is no JSON'],
    [{ status: 200, body: '{"status":"running"}' }, 'is no list of objects'],
    [{ status: 404, body: '404 page not found' }, 'is a 404 without a Status'],
  ] as const;
  for (const [how, words] of wrong) {
    const ends = rig.server.behave({ resource: 'pods' }, how);
    const fault = await faultOfCall(rig.list('pods', { namespace: words.replaceAll(' ', '-') }));
    expect(fault).toMatchObject({ code: 'protocol', side: 'prober' });
    expect(fault.message).toContain("the API server's answer to the list of pods in namespace ");
    expect(fault.message.endsWith(` ${words}`)).toBe(true);
    ends();
  }
});

test('a list that is cut short is known for an API server’s without another', async () => {
  rig = await startKubeRig();
  rig.server.behave({}, { status: 200, body: recordedKube('pods.json').slice(0, 2000) });
  const { message } = await faultOfCall(rig.list('pods'));
  expect(message).toBe("the API server's answer to the list of pods was cut short");
});

test.each([
  ['api.txt', 'is no list of objects'],
  ['apis.txt', 'is no list of objects'],
  ['version.txt', 'is no list of objects'],
  ['livez.txt', 'is no JSON'],
  ['readyz-verbose.txt', 'is no JSON'],
])('the answer to another question is no list: %s', async (name, words) => {
  rig = await startKubeRig();
  await rig.list('nodes');
  rig.server.behave({ resource: 'pods' }, { status: 200, body: recordedKube(name) });
  const { message } = await faultOfCall(rig.list('pods'));
  expect(message).toBe(`the API server's answer to the list of pods ${words}`);
});

test('a server that asks for time gets it, and its words are told meanwhile', async () => {
  rig = await startKubeRig();
  const headers = { 'retry-after': '30' };
  const ends = rig.server.behave({}, { status: 429, body: busy('too many requests'), headers });
  expect(await faultOfCall(rig.list('pods'))).toMatchObject({ code: 'protocol' });
  ends();
  const { message } = await faultOfCall(rig.list('pods'));
  expect(message).toBe('the API server answered 429: too many requests');
  expect(rig.server.asked()).toHaveLength(1);
});

test('no token is shown, not even when the server says it', async () => {
  rig = await startKubeRig({ token: 'secret-token-1234' });
  expect((await rig.list('pods')).items.length).toBeGreaterThan(2);
  rig.server.behave(
    { resource: 'nodes' },
    { status: 500, body: busy('bad Bearer secret-token-1234') },
  );
  const fault = await faultOfCall(rig.list('nodes'));
  expect(fault.message).toBe('the API server answered 500: bad Bearer •••');
});

test('a wrong token is not accepted, and the right one is as soon as it is written', async () => {
  rig = await startKubeRig({ token: 'right-token' });
  const { kubeconfig, certificates } = rig.server;
  const words = (token: string): KubeconfigWords =>
    wordsFor(rig.server.port(), certificates, token);
  await writeKubeconfig(kubeconfig, words('wrong-token'));
  const fault = await faultOfCall(rig.list('pods'));
  expect(fault).toMatchObject({ code: 'auth', side: 'prober' });
  expect(JSON.stringify(fault)).not.toContain('wrong-token');
  await writeKubeconfig(kubeconfig, words('right-token'));
  expect((await rig.list('pods')).items.length).toBeGreaterThan(2);
});

test('a connection that is reset is worth another question at once', async () => {
  rig = await startKubeRig({ timing: { backOffMs: 60_000, longestBackOffMs: 60_000 } });
  const ends = rig.server.behave({}, 'hang-up');
  expect(await faultOfCall(rig.list('pods'))).toMatchObject({ code: 'protocol', side: 'prober' });
  ends();
  expect((await rig.list('pods')).items.length).toBeGreaterThan(2);
});

const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

test('an expired server certificate is told with its day', async () => {
  rig = await startKubeRig({ certificate: 'expired' });
  expect(await faultWith({ serverName: 'expired.test' })).toMatchObject({
    code: 'tls',
    side: 'prober',
    message: `the API server's certificate expired on ${yesterday}`,
  });
});

test.each([
  [
    false,
    'auth',
    `the API server does not accept our credentials: the client certificate expired on ${yesterday}`,
  ],
  [true, 'tls', `the client certificate expired on ${yesterday}`],
])(
  'an expired client certificate is told with its day (refused in the handshake: %s)',
  async (hangUpOnBadClient, code, message) => {
    rig = await startKubeRig({ hangUpOnBadClient });
    const { certFile, keyFile } = rig.server.certificates.expired;
    expect(await faultWith({ certFile, keyFile })).toMatchObject({ code, side: 'prober', message });
  },
);

test('a certificate of another authority, or for another name, is told as that', async () => {
  rig = await startKubeRig({ certificate: 'selfSigned' });
  const unknown = await faultWith({});
  expect(unknown).toMatchObject({ code: 'tls', side: 'prober' });
  expect(unknown.hint).toMatch(/^perhaps another cluster answers on 127\.0\.0\.1:/);
  await rig.stop();
  rig = await startKubeRig({ certificate: 'wrongName' });
  const named = await faultWith({});
  expect(named).toMatchObject({
    code: 'tls',
    message: "the API server's certificate is for another name",
  });
  expect(named.hint).toMatch(/tls-server-name/);
  await writeKubeconfig(rig.server.kubeconfig, {
    ...wordsFor(rig.server.port(), rig.server.certificates),
    serverName: 'other.test',
  });
  expect((await rig.list('pods')).items.length).toBeGreaterThan(2);
});

test('insecure-skip-tls-verify is obeyed', async () => {
  rig = await startKubeRig({ certificate: 'selfSigned', token: 'token-1234' });
  const { caFile: _none, ...words } = wordsFor(
    rig.server.port(),
    rig.server.certificates,
    'token-1234',
  );
  await writeKubeconfig(rig.server.kubeconfig, { ...words, insecure: true });
  expect((await rig.list('pods')).items.length).toBeGreaterThan(2);
});

test('a port that speaks plain HTTP, or TLS without an API, is no API server', async () => {
  rig = await startKubeRig();
  const plain = createPlain((_request, response) => void response.end('hello')).listen(
    0,
    '127.0.0.1',
  );
  others.push(() => void plain.close());
  await once(plain, 'listening');
  const { port } = plain.address() as AddressInfo;
  expect(await faultWith({ server: `https://127.0.0.1:${port}` })).toMatchObject({
    code: 'protocol',
    side: 'prober',
    message: `what answers on 127.0.0.1:${port} does not speak TLS`,
  });
  const { pem, keyFile } = rig.server.certificates.valid;
  const web = createServer({ cert: pem, key: readFileSync(keyFile) }, (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', connection: 'close' }).end('<html>');
  }).listen(0, '127.0.0.1');
  others.push(() => void web.close());
  await once(web, 'listening');
  const { port: webPort } = web.address() as AddressInfo;
  const fault = await faultWith({ server: `https://127.0.0.1:${webPort}` });
  expect(fault).toMatchObject({
    code: 'protocol',
    side: 'prober',
    message: `what answers on 127.0.0.1:${webPort} is not a Kubernetes API server`,
  });
  expect(fault.hint).toMatch(/another program/);
});

test('a name that does not exist and a silent server are on our side too', async () => {
  rig = await startKubeRig();
  expect(await faultWith({ server: 'https://nowhere.invalid:6443' })).toMatchObject({
    code: 'dns',
    side: 'prober',
  });
  rig.server.behave({}, 'silent');
  await writeKubeconfig(
    rig.server.kubeconfig,
    wordsFor(rig.server.port(), rig.server.certificates),
  );
  const fault = await faultOfCall(rig.kube(ask(rig.server.cluster, 'nodes'), within(150)));
  expect(fault).toMatchObject({
    code: 'timeout',
    side: 'prober',
    message: 'no answer within 150 ms',
  });
});
