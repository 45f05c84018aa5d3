import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { Fault } from '../../../src/model/fault.ts';
import type { Cluster } from '../../../src/model/inventory.ts';
import { faultOfCall, within } from '../../support/calls.ts';
import { type KubeconfigWords, wordsFor, writeKubeconfig } from '../../support/kube-config.ts';
import { ask, type KubeRig, startKubeRig } from './kube-rig.ts';

let rig: KubeRig;
afterEach(async () => {
  vi.unstubAllEnvs();
  await rig.stop();
});

const words = (): KubeconfigWords => wordsFor(rig.server.port(), rig.server.certificates);
const write = (more: Partial<KubeconfigWords>): Promise<void> =>
  writeKubeconfig(rig.server.kubeconfig, { ...words(), ...more });
const faultAt = (cluster: Partial<Cluster>): Promise<Fault> =>
  faultOfCall(rig.kube(ask({ ...rig.server.cluster, ...cluster }, 'pods'), within(5000)));

test('the current context is used where none is named, and ~/ is the home', async () => {
  rig = await startKubeRig();
  vi.stubEnv('HOME', rig.server.folder);
  const cluster = { ...rig.server.cluster, kubeconfig: '~/kubeconfig', context: null };
  expect((await rig.kube(ask(cluster, 'nodes'), within(5000))).items.length).toBeGreaterThan(0);
});

test('a file that is not there, or is none, is ours to mend', async () => {
  rig = await startKubeRig();
  expect(await faultAt({ kubeconfig: '/nowhere/config' })).toEqual({
    code: 'tool-missing',
    side: 'prober',
    message: '/nowhere/config does not exist',
    hint: 'copy it there, or correct clusters[].kubeconfig',
  });
  await writeFile(rig.server.kubeconfig, 'users: [{token: "secret-1234": }]');
  const fault = await faultAt({});
  expect(fault).toMatchObject({ code: 'tool-missing', side: 'prober' });
  expect(JSON.stringify(fault)).not.toContain('secret-1234');
  await writeFile(rig.server.kubeconfig, 'hello');
  expect(await faultAt({ context: null })).toMatchObject({
    code: 'tool-missing',
    message: `${rig.server.kubeconfig} has no current context`,
  });
});

test('a context that is gone is told beside those that are there', async () => {
  rig = await startKubeRig();
  expect(await faultAt({ context: 'admin@joelclaw' })).toEqual({
    code: 'tool-missing',
    side: 'prober',
    message: `${rig.server.kubeconfig} has no context admin@joelclaw`,
    hint: 'it has admin@joelclaw-1: correct clusters[].context',
  });
});

test('a certificate or key that is not there is named', async () => {
  rig = await startKubeRig();
  await write({ certFile: '/nowhere/client.crt' });
  expect(await faultAt({})).toMatchObject({
    code: 'tool-missing',
    message: 'the client certificate /nowhere/client.crt does not exist',
    hint: `context admin@joelclaw-1 of ${rig.server.kubeconfig} names it`,
  });
  const noPem = join(rig.server.folder, 'no.pem');
  await writeFile(noPem, 'not a key');
  await write({ keyFile: noPem });
  expect(await faultAt({})).toMatchObject({
    code: 'tool-missing',
    message: 'a certificate or key of the kubeconfig is no PEM',
  });
  await write({});
  expect((await rig.list('pods')).items.length).toBeGreaterThan(2);
});

test('a server without TLS must be meant, and one without a URL cannot be', async () => {
  rig = await startKubeRig();
  await write({ server: 'http://127.0.0.1:1' });
  expect((await faultAt({})).hint).toMatch(/insecure-skip-tls-verify/);
  await write({ server: 'panda' });
  expect(await faultAt({})).toMatchObject({ code: 'tool-missing' });
});

test('a program gives the credentials, once for many calls', async () => {
  rig = await startKubeRig({ token: 'token-of-a-program' });
  const { caFile } = rig.server.certificates;
  const program = join(rig.server.folder, 'login');
  const count = join(rig.server.folder, 'count');
  const credential = JSON.stringify({ status: { token: 'token-of-a-program' } });
  await writeFile(program, `#!/bin/sh\necho once >> ${count}\necho '${credential}'\n`);
  await chmod(program, 0o755);
  const server = `https://127.0.0.1:${rig.server.port()}`;
  await writeKubeconfig(rig.server.kubeconfig, { server, caFile, exec: [program] });
  await Promise.all([rig.list('pods'), rig.list('nodes'), rig.list('events')]);
  const { readFile } = await import('node:fs/promises');
  expect(await readFile(count, 'utf8')).toBe('once\n');
});

test('a program that is missing, fails or hangs is told, and is ended by close', async () => {
  rig = await startKubeRig();
  const { caFile } = rig.server.certificates;
  const server = `https://127.0.0.1:${rig.server.port()}`;
  const give = (exec: [string, ...string[]]): Promise<void> =>
    writeKubeconfig(rig.server.kubeconfig, { server, caFile, exec });
  await give(['no-such-login']);
  expect(await faultAt({})).toMatchObject({
    code: 'tool-missing',
    side: 'prober',
    message: 'no-such-login is not installed',
  });
  await give(['sh', '-c', 'echo my-secret >&2; exit 1']);
  const failed = await faultAt({});
  expect(failed).toMatchObject({ code: 'auth', hint: 'run sh by hand to see why' });
  expect(JSON.stringify(failed)).not.toContain('my-secret');

  const pidFile = join(rig.server.folder, 'pid');
  await give(['sh', '-c', `echo $$ > ${pidFile}; exec sleep 1000`]);
  const late = await faultOfCall(rig.list('pods', { timeoutMs: 300 }));
  expect(late).toMatchObject({
    code: 'timeout',
    side: 'prober',
    message: 'the credentials of context admin@joelclaw-1 did not come within 300 ms',
  });
  const { readFile } = await import('node:fs/promises');
  const pid = Number(await readFile(pidFile, 'utf8'));
  rig.close();
  await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'));
});

test('a file that vanishes while all works changes nothing', async () => {
  rig = await startKubeRig();
  await rig.list('pods');
  await rm(rig.server.kubeconfig);
  expect((await rig.list('nodes')).items.length).toBeGreaterThan(0);
});

test('a file that was touched but says the same leaves the watches alone', async () => {
  rig = await startKubeRig();
  await rig.list('pods');
  await rig.list('pods');
  await rig.server.until(() => rig.server.openWatches() === 1);
  await write({});
  await rig.list('pods');
  await rig.list('nodes');
  expect(rig.server.asked({ resource: 'pods' })).toHaveLength(2);
  expect(rig.server.openWatches()).toBe(1);
});
