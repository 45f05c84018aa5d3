import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createLiveTransports } from '../../../src/transports/live.ts';
import { faultOfCall, within } from '../../support/calls.ts';
import { startKubeServer } from '../../support/kube-server.ts';

it('a login program that hangs is late for each who asks, is ended, and the next call does better', {
  timeout: 90_000,
}, async () => {
  const server = await startKubeServer({ token: 'secret-token' });
  const transports = createLiveTransports();
  const plugin = join(server.folder, 'login');
  const answer = {
    apiVersion: 'client.authentication.k8s.io/v1',
    kind: 'ExecCredential',
    status: { token: 'secret-token' },
  };
  await writeFile(
    plugin,
    `#!/bin/sh\nif [ ! -e ${plugin}.once ]; then touch ${plugin}.once; exec sleep 600; fi\necho '${JSON.stringify(answer)}'\n`,
  );
  await chmod(plugin, 0o755);
  const config = await readFile(server.kubeconfig, 'utf8');
  const exec = { apiVersion: answer.apiVersion, command: plugin, interactiveMode: 'Never' };
  await writeFile(
    server.kubeconfig,
    config.replace(/"?token"?: *"?secret-token"?/, `exec: ${JSON.stringify(exec)}`),
  );
  const ask = () =>
    transports.kube({ cluster: server.cluster, resource: 'nodes', namespace: null }, within(1000));
  for (let call = 0; call < 4; call++) {
    expect(await faultOfCall(ask())).toMatchObject({ side: 'prober' });
  }
  await expect
    .poll(async () => (await ask().catch(() => null))?.items.length, {
      timeout: 60_000,
      interval: 200,
    })
    .toBe(2);
  await transports.close();
  await server.stop();
});
