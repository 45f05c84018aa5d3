import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { createLiveTransports } from '../../../src/transports/live.ts';
import { within } from '../../support/calls.ts';
import { wordsFor, writeKubeconfig } from '../../support/kube-config.ts';
import { manyPods } from '../../support/kube-objects.ts';
import { ask, type KubeRig, startKubeRig } from './kube-rig.ts';

let rig: KubeRig;
afterEach(() => rig.stop());

test('a process whose watch is open ends by itself', async () => {
  rig = await startKubeRig();
  const script = fileURLToPath(new URL('./watching-child.ts', import.meta.url));
  const child = spawn(process.execPath, [script, rig.server.kubeconfig], {
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: 20_000,
  });
  const closed = once(child, 'close');
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  await Promise.race([rig.server.until(() => rig.server.openWatches() === 1), closed]);
  child.stdin.end('watching\n');
  const [code] = (await closed) as [number];
  expect({ code, said }).toEqual({ code: 0, said: 'watching\n' });
});

test('the transports count their connections to a cluster, and close them', async () => {
  rig = await startKubeRig();
  const transports = createLiveTransports();
  const { items } = await transports.kube(ask(rig.server.cluster, 'nodes'), within(5000));
  expect(items.length).toBeGreaterThan(0);
  expect(transports.counts().connections).toBe(1);
  await transports.close();
  await rig.server.until(() => rig.server.sockets().open === 0);
});

test('proxy-url is obeyed, for lists and for watches', async () => {
  rig = await startKubeRig();
  const tunnels = new Set<Socket>();
  const proxy = createServer().on('connect', (request, near: Socket) => {
    const far = connect(rig.server.port(), '127.0.0.1', () => {
      near.write('HTTP/1.1 200 OK\r\n\r\n');
      far.pipe(near).pipe(far);
    });
    tunnels.add(near);
    for (const socket of [far, near]) socket.on('error', () => {});
    expect(request.url).toBe(`127.0.0.1:${rig.server.port()}`);
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  const { port } = proxy.address() as AddressInfo;
  const words = wordsFor(rig.server.port(), rig.server.certificates);
  await writeKubeconfig(rig.server.kubeconfig, { ...words, proxy: `http://127.0.0.1:${port}` });
  await rig.list('pods');
  await rig.list('pods');
  await rig.server.until(() => rig.server.openWatches() === 1);
  expect(rig.sockets.count()).toBe(2);
  expect(tunnels.size).toBe(2);
  rig.close();
  await rig.server.until(() => rig.server.sockets().open === 0);
  proxy.close();
});

test('ten thousand pods are listed in order, and one that changes changes only itself', async () => {
  rig = await startKubeRig();
  rig.server.store.replace('pods', manyPods(10_000));
  const { items } = await rig.list('pods', { timeoutMs: 60_000 });
  expect(items).toHaveLength(10_000);
  expect(items[9999]).toMatchObject({ metadata: { name: 'pod-009999' } });
  await rig.list('pods');
  await rig.server.until(() => rig.server.openWatches() === 1);
  const [pod] = rig.server.store.items('pods');
  rig.server.store.put('pods', { ...pod, spec: {} });
  let after = items;
  while (after === items) ({ items: after } = await rig.list('pods'));
  expect(after.filter((one, index) => one !== items[index])).toHaveLength(1);
  expect(rig.server.asked({ verb: 'list' })).toHaveLength(20);
}, 120_000);
