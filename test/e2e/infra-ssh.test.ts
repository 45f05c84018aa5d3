import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { runCli } from '../support/run-cli.ts';
import { type SshdServer, startSshd } from '../support/sshd-server.ts';
import { describeTier } from '../support/tiers.ts';

const many = 60;
const textOf = (index: number): string => `# file ${index}\n${'line\n'.repeat(index)}`;

describeTier('sshd', 'infra apply behind a real sshd', () => {
  let server: SshdServer;
  let folder: NetworkFolder;
  let live: string;
  beforeEach(async () => {
    server = await startSshd();
    folder = await makeNetworkFolder('');
    live = join(server.folder, 'live');
    await mkdir(join(folder.root, 'infra'));
  });
  afterEach(async () => {
    await server.stop();
    await folder.remove();
  });

  async function declare(count: number): Promise<void> {
    const names = Array.from({ length: count }, (_, index) => `f${index}`);
    await Promise.all(
      names.map((name, index) => writeFile(join(folder.root, 'infra', name), textOf(index))),
    );
    await folder.write(`version: 1
name: ssh
hosts:
  - {name: box, access: ssh, ssh: {host: 127.0.0.1, port: ${server.port}, identityFile: ${server.keyFile}, knownHosts: [${server.knownHosts}]}}
services: [{name: web, host: box, manager: {kind: none}}]
files:
${names.map((name) => `  - {source: infra/${name}, kind: file, host: box, destination: ${live}/, mode: "0640", service: box/web}`).join('\n')}
`);
  }
  // biome-ignore lint/suspicious/noExplicitAny: an envelope is taken apart as the tests need it
  async function infra(...args: readonly string[]): Promise<any> {
    const env = { JOELCLAW_STATE: folder.state };
    const { code, stdout } = await runCli(
      ['infra', ...args, '--json', '--no-restart', '--root', folder.root].filter(
        (word) => word !== '--no-restart' || args[0] === 'apply',
      ),
      { env },
    );
    return { code, ...JSON.parse(stdout) };
  }

  it('writes there, takes back there, and leaves there what hands have changed', async () => {
    await declare(3);
    expect((await infra('apply', '--yes')).code).toBe(0);
    expect(await readFile(join(live, 'f2'), 'utf8')).toBe(textOf(2));
    expect((await stat(join(live, 'f2'))).mode & 0o777).toBe(0o640);
    const before = (await stat(join(live, 'f2'))).mtimeMs;
    expect((await infra('apply', '--yes')).result.applyId).toBeUndefined();
    expect((await stat(join(live, 'f2'))).mtimeMs).toBe(before);
    await writeFile(join(live, 'f1'), 'by hand\n');
    await chmod(join(live, 'f0'), 0o600);
    const { code, result } = await infra('apply', '--yes');
    expect([code, result.items.map(({ verdict }: { verdict: string }) => verdict)]).toEqual([
      6,
      ['drift', 'drift', 'in-sync'],
    ]);
    expect((await infra('apply', '--yes', '--overwrite-drift')).code).toBe(0);
    expect((await infra('rollback', '--yes')).code).toBe(0);
    expect(await readFile(join(live, 'f1'), 'utf8')).toBe('by hand\n');
    expect((await stat(join(live, 'f0'))).mode & 0o777).toBe(0o600);
    expect((await readdir(live)).toSorted()).toEqual(['f0', 'f1', 'f2']);
  });

  it('is nothing known of, and nothing written, where the host is gone', async () => {
    await declare(2);
    await server.stopListening();
    const { code, result } = await infra('apply', '--yes');
    expect([code, result.state]).toEqual([1, 'unknown']);
    expect((await infra('plan')).code).toBe(1);
    expect((await infra('drift')).code).toBe(1);
  });

  it('plans as many files as a network has in one go', async () => {
    await declare(many);
    const { result } = await infra('plan');
    expect(result.items.length).toBe(many);
    const applied = await infra('apply', '--yes');
    expect(applied.code).toBe(0);
    const again = await infra('apply', '--yes');
    expect(again.result.state).toBe('in-sync');
  }, 240_000);
});
