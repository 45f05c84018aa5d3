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

async function deletion(options: Parameters<typeof startKubeServer>[0]): Promise<void> {
  server = await startKubeServer(options);
  const sockets = createSockets();
  const { deletePod, close } = createKube({ sockets, tls: createTls(sockets) });
  end = () => {
    close();
    sockets.close();
  };
  const pod = { namespace: 'joelclaw', pod: 'redis-0', uid: 'u0' };
  return deletePod({ cluster: server.cluster, ...pod }, within(5000));
}

for (const http2 of [true, false]) {
  test(`one pod is deleted, and only by its uid (HTTP/2: ${http2})`, async () => {
    await deletion({ http2, patches: true });
    expect(server.patches()).toEqual([
      {
        method: 'DELETE',
        path: '/api/v1/namespaces/joelclaw/pods/redis-0',
        type: 'application/json',
        body: { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid: 'u0' } },
      },
    ]);
  });
}

test('one that has its name since is left alone, in the words of the API server', async () => {
  expect(await faultOfCall(deletion({ patches: 'another uid' }))).toMatchObject({
    code: 'protocol',
    message: expect.stringMatching(/answered 409: .*does not match the UID in record/),
  });
});

test('one that is gone already is as good as deleted', async () => {
  await deletion({ patches: 'gone' });
  expect(server.patches()).toHaveLength(1);
});
