import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { faultOfCall, within } from '../../support/calls.ts';
import { wordsFor, writeKubeconfig } from '../../support/kube-config.ts';
import { ask, type KubeRig, startKubeRig } from './kube-rig.ts';

let rig: KubeRig;
afterEach(() => rig.stop());

const resources = ['pods', 'nodes', 'statefulsets'] as const;

/** Lists twice: the second list starts a watch. */
async function watchAll(): Promise<void> {
  for (const resource of [...resources, ...resources]) await rig.list(resource);
  await rig.server.until(() => rig.server.openWatches() === resources.length);
}

test('all lists and watches of a cluster go over one connection, also after it broke', async () => {
  rig = await startKubeRig();
  await watchAll();
  expect(rig.server.sockets()).toEqual({ open: 1, ever: 1 });
  expect(rig.sockets.count()).toBe(1);
  rig.server.dropWatches({ resource: 'pods' });
  const watches = (): number => rig.server.asked({ verb: 'watch' }).length;
  await rig.server.until(() => watches() === 2 * resources.length);
  expect(rig.server.sockets()).toEqual({ open: 1, ever: 2 });
});

test('a server without HTTP/2 is asked over the connection that found it out', async () => {
  rig = await startKubeRig({ http2: false });
  await rig.list('pods');
  expect(rig.server.sockets()).toEqual({ open: 1, ever: 1 });
  await watchAll();
  expect(rig.server.sockets().open).toBe(1 + resources.length);
});

test('a list that is given up is ended at the server and harms no other on its line', async () => {
  rig = await startKubeRig();
  await rig.list('nodes');
  const answer = rig.server.hold({ resource: 'pods' });
  const leaving = new AbortController();
  const left = faultOfCall(rig.kube(ask(rig.server.cluster, 'pods'), within(5000, leaving.signal)));
  await rig.server.until(() => rig.server.asked({ resource: 'pods' }).length === 1);
  leaving.abort();
  expect(await left).toMatchObject({ code: 'aborted' });
  answer();
  expect((await rig.list('pods')).items.length).toBeGreaterThan(2);
  expect(rig.server.sockets().ever).toBe(1);
});

test('a line that is dead without a word is left for a new one', async () => {
  rig = await startKubeRig();
  const relay = await startRelay(rig.server.port());
  await writeKubeconfig(rig.server.kubeconfig, wordsFor(relay.port, rig.server.certificates));
  await rig.list('pods');
  const gone = relay.fallSilent();
  expect(await faultOfCall(rig.list('nodes', { timeoutMs: 1100 }))).toMatchObject({
    code: 'timeout',
  });
  await gone;
  expect((await rig.list('nodes')).items).not.toEqual([]);
  expect(relay.opened()).toBe(2);
  relay.close();
});

/** Passes bytes on; what is open when it falls silent stays open and hears nothing more. */
async function startRelay(to: number): Promise<{
  readonly port: number;
  opened(): number;
  /** Resolves when the other side has closed the silent connection. */
  fallSilent(): Promise<unknown>;
  close(): void;
}> {
  const nears: Socket[] = [];
  const fars: Socket[] = [];
  const relay = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const socket of [near, far]) socket.on('error', () => {});
    near.pipe(far).pipe(near);
    nears.push(near);
    fars.push(far);
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  return {
    port: (relay.address() as AddressInfo).port,
    opened: () => nears.length,
    fallSilent: () => {
      const [near, far] = [nears.at(-1), fars.at(-1)] as [Socket, Socket];
      near.unpipe(far).resume();
      far.unpipe(near).resume();
      return once(near, 'close');
    },
    close: () => {
      relay.close();
      for (const socket of [...nears, ...fars]) socket.destroy();
    },
  };
}
