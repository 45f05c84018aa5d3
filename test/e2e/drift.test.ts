import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { type CliEnd, runCli } from '../support/run-cli.ts';
import { type SshdServer, startSshd } from '../support/sshd-server.ts';
import { describeTier } from '../support/tiers.ts';

const script = '#!/bin/sh\nexec sleep 1\n';
const secret = 's3cr3t-that-nobody-sees';

describeTier('sshd', 'joelclaw drift over real files, here and behind ssh', () => {
  let server: SshdServer;
  let folder: NetworkFolder;
  beforeEach(async () => {
    server = await startSshd();
    folder = await makeNetworkFolder('');
    const live = (name: string): string => join(folder.state, '..', 'live', name);
    await mkdir(live(''), { recursive: true });
    await mkdir(join(folder.root, 'infra'));
    const put = async (path: string, text: string, mode: number): Promise<void> => {
      await writeFile(path, text);
      await chmod(path, mode);
    };
    await put(join(folder.root, 'infra/run'), script, 0o644);
    await put(join(folder.root, 'infra/worker.env.example'), 'TOKEN=\nURL=redis://here\n', 0o644);
    await put(join(folder.root, 'infra/Caddyfile'), ':80 {\n\trespond ok\n}\n', 0o644);
    await put(live('run'), script, 0o755);
    await put(live('worker.env'), `TOKEN=${secret}\nURL=${secret}\n`, 0o600);
    await put(join(server.folder, 'Caddyfile'), ':80 {\n\trespond ok\n}\n', 0o644);
    await folder.write(`version: 1
name: drift
hosts:
  - {name: here}
  - {name: box, access: ssh, ssh: {host: 127.0.0.1, port: ${server.port}, identityFile: ${server.keyFile}, knownHosts: [${server.knownHosts}]}}
files:
  - {source: infra/run, kind: file, host: here, destination: ${live('')}/, mode: "0755"}
  - {source: infra/worker.env.example, kind: env, host: here, destination: ${live('worker.env')}}
  - {source: infra/Caddyfile, kind: caddyfile, host: box, destination: ~/Caddyfile}
`);
  });
  afterEach(async () => {
    await server.stop();
    await folder.remove();
  });

  const cli = (...args: readonly string[]): Promise<CliEnd> =>
    runCli([...args, '--root', folder.root], { env: { JOELCLAW_STATE: folder.state } });
  // biome-ignore lint/suspicious/noExplicitAny: an envelope is taken apart as the tests need it
  const drift = async (): Promise<any> => JSON.parse((await cli('drift', '--json')).stdout).result;
  const verdicts = async (): Promise<readonly string[]> =>
    (await drift()).items.map(
      ({ id, verdict, note }: { id: string; verdict: string; note: string }) =>
        `${id} ${verdict}: ${note}`,
    );

  it('says of each kind what a hand has changed, and what it is when that is undone', async () => {
    const well = [
      'file/run in-sync: ',
      'env/worker.env in-sync: ',
      'caddyfile/Caddyfile in-sync: ',
    ];
    expect(await verdicts()).toEqual(well);
    const live = join(folder.state, '..', 'live');
    await writeFile(join(live, 'run'), `${script}# by hand\n`);
    await writeFile(join(live, 'worker.env'), `TOKEN=${secret}\nPASSWORD=${secret}\n`);
    await writeFile(join(server.folder, 'Caddyfile'), ':80 {\n\trespond "no"\n}\n');
    expect(await verdicts()).toEqual([
      'file/run unmanaged: its text differs',
      'env/worker.env pending: it lacks URL; infra/worker.env.example does not name PASSWORD',
      'caddyfile/Caddyfile unmanaged: its text differs',
    ]);
    expect((await drift()).items.map(({ change }: { change: unknown }) => change)).toEqual([
      { added: 0, removed: 1 },
      { added: 1, removed: 1 },
      { added: 1, removed: 1 },
    ]);
    await rm(join(live, 'run'));
    expect((await verdicts())[0]).toBe('file/run missing: not there');
    await writeFile(join(live, 'run'), script);
    expect((await verdicts())[0]).toBe('file/run unmanaged: mode 0644, not 0755');
    await chmod(join(live, 'run'), 0o755);
    await rm(join(folder.root, 'infra/run'));
    expect((await verdicts())[0]).toBe('file/run unknown: infra/run is not in the repo');
  });

  it('keeps no value of an environment, in no output and no file of its own', async () => {
    const { stdout, stderr } = await cli('--headless', '--json');
    expect(JSON.parse(stdout).result.drift.state).toBe('in-sync');
    const names = await readdir(folder.state, { recursive: true, withFileTypes: true });
    const files = names.filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(0);
    const texts = await Promise.all(
      files.map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1')),
    );
    for (const text of [stdout, stderr, ...texts]) expect(text).not.toContain(secret);
  });

  it('knows nothing of files behind a host that is gone, and calls none of them in sync', async () => {
    await server.stopListening();
    expect((await verdicts())[2]).toMatch(/^caddyfile\/Caddyfile unknown: .*(?:refused|down)/);
    expect((await drift()).state).toBe('unknown');
  });
});
