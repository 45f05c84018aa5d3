import { afterEach, expect, test } from 'vitest';
import type { PodLogRequest } from '../../../src/transports/contract-kube.ts';
import { createKube } from '../../../src/transports/kube/kube.ts';
import { createSockets } from '../../../src/transports/sockets.ts';
import { createTls } from '../../../src/transports/tls.ts';
import { faultOfCall, within } from '../../support/calls.ts';
import { type KubeServer, startKubeServer } from '../../support/kube-server.ts';

const path = '/api/v1/namespaces/joelclaw/pods/redis-0/log';
let server: KubeServer;
let end: () => void;
afterEach(async () => {
  end();
  await server.stop();
});

async function start(logs: Readonly<Record<string, string>>) {
  server = await startKubeServer({ logs });
  const sockets = createSockets();
  const { kube, podLog, close } = createKube({ sockets, tls: createTls(sockets) });
  end = () => {
    close();
    sockets.close();
  };
  const request: PodLogRequest = {
    cluster: server.cluster,
    namespace: 'joelclaw',
    pod: 'redis-0',
    container: 'main',
    previous: true,
    lines: 40,
  };
  return { kube, podLog, request };
}

test('the end of a container that ended is read over the line that its lists use', async () => {
  const words = "Ready\n# Fatal error, can't open config file\n";
  const { kube, podLog, request } = await start({
    [`${path}?container=main&tailLines=40&previous=true`]: words,
  });
  await kube({ cluster: server.cluster, resource: 'pods', namespace: 'joelclaw' }, within(5000));
  expect(await podLog(request, within(5000))).toBe(words);
  expect(server.sockets().ever).toBe(1);
});

test("a log that is not kept is a fault with the server's own word", async () => {
  const { podLog, request } = await start({});
  expect(await faultOfCall(podLog(request, within(5000)))).toMatchObject({
    code: 'protocol',
    side: 'prober',
    message: expect.stringContaining('previous terminated container'),
  });
});

test('a cluster that went away is told as such', async () => {
  const { podLog, request } = await start({});
  await server.goAway();
  expect(await faultOfCall(podLog(request, within(5000)))).toMatchObject({ code: 'refused' });
});
