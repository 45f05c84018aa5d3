import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeNetworkFolder } from '../support/network-folder.ts';
import { startCli } from '../support/run-cli.ts';

it('says of one that was interrupted after its write what it has done', async () => {
  const folder = await makeNetworkFolder('');
  let loaded = (): void => {};
  /** A Caddy that says yes to all, and whose load can be awaited. */
  const caddy = createServer((request, response) => {
    if (request.url === '/load') loaded();
    setTimeout(() => response.end(request.method === 'GET' ? '1' : '{"result":1}'), 0);
  }).listen(0, '127.0.0.1');
  try {
    await new Promise((resolve) => caddy.once('listening', resolve));
    const { port } = caddy.address() as AddressInfo;
    await mkdir(join(folder.root, 'infra'));
    await writeFile(join(folder.root, 'infra/Caddyfile'), ':8080\n');
    await folder.write(`version: 1
name: interrupted
hosts: [{name: here}]
services: [{name: caddy, host: here, manager: {kind: none}}]
files: [{source: infra/Caddyfile, kind: caddyfile, host: here, destination: ${folder.state}/../live/Caddyfile, admin: "http://127.0.0.1:${port}", service: here/caddy}]
`);
    const args = ['infra', 'apply', '--yes', '--json', '--root', folder.root];
    const cli = startCli(args, { env: { JOELCLAW_STATE: folder.state } });
    loaded = () => void cli.child.kill('SIGINT');
    const { stdout } = await cli.ended;
    const { result, next_actions: next } = JSON.parse(stdout);
    expect(result.outcome).toBe('done');
    expect(result.items).toMatchObject([{ verdict: 'in-sync', action: 'none' }]);
    expect(JSON.stringify(next)).not.toContain('infra apply');
  } finally {
    caddy.close();
    await folder.remove();
  }
});
