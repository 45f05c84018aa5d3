import { afterEach, expect, test } from 'vitest';
import { createKube } from '../../../src/transports/kube/kube.ts';
import { createSockets } from '../../../src/transports/sockets.ts';
import { createTls } from '../../../src/transports/tls.ts';
import { faultOfCall, within } from '../../support/calls.ts';
import { type KubeServer, startKubeServer } from '../../support/kube-server.ts';

let server: KubeServer;
let end: () => void;
afterEach(async () => {
  end();
  await server.stop();
});

async function start(options: Parameters<typeof startKubeServer>[0]) {
  server = await startKubeServer(options);
  const sockets = createSockets();
  const { rolloutRestart, close } = createKube({ sockets, tls: createTls(sockets) });
  end = () => {
    close();
    sockets.close();
  };
  const at = '2026-02-18T09:00:00.000Z';
  const workload = 'statefulset/redis';
  const request = { cluster: server.cluster, namespace: 'joelclaw', workload, at };
  return { rolloutRestart, request };
}

for (const http2 of [true, false]) {
  test(`the template gets kubectl's annotation, by one patch (HTTP/2: ${http2})`, async () => {
    const { rolloutRestart, request } = await start({ http2, patches: true });
    await rolloutRestart(request, within(5000));
    expect(server.patches()).toEqual([
      {
        method: 'PATCH',
        path: '/apis/apps/v1/namespaces/joelclaw/statefulsets/redis?fieldManager=joelclaw',
        type: 'application/strategic-merge-patch+json',
        body: {
          spec: {
            template: {
              metadata: { annotations: { 'kubectl.kubernetes.io/restartedAt': request.at } },
            },
          },
        },
      },
    ]);
  });
}

test('who may not patch is told what is missing', async () => {
  const { rolloutRestart, request } = await start({ patches: 'forbidden' });
  expect(await faultOfCall(rolloutRestart(request, within(5000)))).toMatchObject({
    code: 'forbidden',
    message: expect.stringMatching(/^we may not patch statefulsets/),
  });
});
