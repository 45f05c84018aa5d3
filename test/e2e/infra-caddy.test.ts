import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { type CliEnd, runCli } from '../support/run-cli.ts';
import { type Started, startProgram } from '../support/start-program.ts';
import { describeTier } from '../support/tiers.ts';

describeTier('caddy', 'infra apply with a real Caddy', () => {
  let folder: NetworkFolder;
  let caddy: Started;
  let live: string;
  let ports: { readonly admin: number; readonly site: number; readonly taken: number };
  let other: Server;
  const text = (answer: string, more = ''): string =>
    `{\n\tadmin localhost:${ports.admin}\n}\n:${ports.site} {\n\tbind 127.0.0.1\n\trespond "${answer}"\n}\n${more}`;
  const repo = (words: string): Promise<void> =>
    writeFile(join(folder.root, 'infra/Caddyfile'), words);
  const page = async (): Promise<string> => (await fetch(`http://127.0.0.1:${ports.site}/`)).text();

  beforeEach(async () => {
    ports = { admin: await freePort(), site: await freePort(), taken: await freePort() };
    other = createServer().listen(ports.taken, '127.0.0.1');
    folder = await makeNetworkFolder('');
    const home = await mkdtemp(join(tmpdir(), 'joelclaw-caddy-'));
    live = join(home, 'Caddyfile');
    await mkdir(join(folder.root, 'infra'));
    await writeFile(live, text('one'));
    await repo(text('one'));
    await folder.write(`version: 1
name: caddy
hosts: [{name: here}]
services:
  - {name: caddy, host: here, manager: {kind: none}, checks: [{kind: http, url: "http://127.0.0.1:${ports.site}/"}]}
files:
  - {source: infra/Caddyfile, kind: caddyfile, host: here, destination: ${live}, admin: "http://localhost:${ports.admin}", service: here/caddy}
`);
    caddy = await startProgram(['caddy', 'run', '--config', live, '--adapter', 'caddyfile'], {
      ready: /serving initial configuration/,
      folder: home,
      env: { HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home },
    });
  });
  afterEach(async () => {
    other.close();
    await caddy.stop();
    await folder.remove();
  });

  const cli = (...args: readonly string[]): Promise<CliEnd> =>
    runCli(['infra', ...args, '--root', folder.root], { env: { JOELCLAW_STATE: folder.state } });
  const item = async () => {
    const { items } = JSON.parse((await cli('plan', '--json')).stdout).result;
    return `${items[0].verdict} ${items[0].reloadNeeded} ${items[0].action}`;
  };

  it('loads what the repo says into the one that runs, and takes it back', async () => {
    expect(await item()).toBe('in-sync false record');
    expect((await cli('apply')).code).toBe(0);
    await repo(text('two'));
    expect(await item()).toBe('pending false write');
    const { code, stdout } = await cli('apply', '--yes');
    expect([code, stdout]).toEqual([0, expect.stringContaining('✓ here/caddy: done')]);
    expect([await page(), await item()]).toEqual(['two', 'in-sync false none']);
    expect((await cli('rollback', '--yes')).code).toBe(0);
    expect([await page(), await readFile(live, 'utf8')]).toEqual(['one', text('one')]);
  });

  it('sees that what runs is not what lies there, and loads it', async () => {
    await cli('apply');
    await repo(text('two'));
    expect((await cli('apply', '--yes', '--no-restart')).code).toBe(0);
    expect([await page(), await item()]).toEqual(['one', 'in-sync true reload']);
    expect((await cli('drift')).code).toBe(2);
    expect((await cli('apply', '--yes')).code).toBe(0);
    expect([await page(), await item()]).toEqual(['two', 'in-sync false none']);
  });

  it('touches nothing for one that Caddy does not understand', async () => {
    await cli('apply');
    await repo(text('two').replace('respond', 'respnd'));
    const { code, stderr } = await cli('apply', '--yes');
    expect([code, stderr]).toEqual([78, expect.stringContaining('unrecognized directive')]);
    expect([await page(), await readFile(live, 'utf8')]).toEqual(['one', text('one')]);
  });

  it('puts back the file of one that cannot be loaded, while the old one serves', async () => {
    await cli('apply');
    // One that writes a log is checked by its syntax alone, so only Caddy finds its certificate missing.
    const log = `\tlog {\n\t\toutput file ${live}.log\n\t}\n`;
    const site = `https://localhost:${ports.taken} {\n${log}\ttls ${live}.pem ${live}.key\n}\n`;
    await repo(text('two', site));
    const { code, stdout } = await cli('apply', '--yes');
    expect([code, stdout]).toEqual([3, expect.stringContaining('Caddy goes on with the old one')]);
    expect([await page(), await readFile(live, 'utf8')]).toEqual(['one', text('one')]);
    expect(await item()).toBe('pending false write');
  });

  it('says that a Caddy whose port was taken may have begun half of it', async () => {
    await cli('apply');
    await repo(text('two', `:${ports.taken} {\n\tbind 127.0.0.1\n\trespond no\n}\n`));
    const { code, stdout } = await cli('apply', '--yes');
    expect([code, stdout]).toEqual([3, expect.stringContaining('until it is restarted')]);
    expect(await readFile(live, 'utf8')).toBe(text('one'));
  });

  it('touches nothing where Caddy gives no answer', async () => {
    await cli('apply');
    await repo(text('two'));
    process.kill(caddy.pid, 'SIGSTOP');
    const { code, stderr } = await cli('apply', '--yes', '--timeout', '2s');
    process.kill(caddy.pid, 'SIGCONT');
    expect([code, stderr]).toEqual([1, expect.stringContaining('gives no answer at')]);
    expect([await page(), await readFile(live, 'utf8')]).toEqual(['one', text('one')]);
  });

  it('writes the file of one that does not run, says that it is to be read, and calls that not whole', async () => {
    await cli('apply');
    await repo(text('two'));
    await caddy.end();
    const { code, stdout } = await cli('apply', '--yes', '--timeout', '2s');
    expect([code, stdout]).toEqual([1, expect.stringContaining('here/caddy: reload-needed')]);
    expect(await readFile(live, 'utf8')).toBe(text('two'));
  });

  it('leaves what hands have changed', async () => {
    await cli('apply');
    await writeFile(live, text('by hand'));
    expect(await item()).toBe('drift true left');
    expect((await cli('apply', '--yes')).code).toBe(6);
    expect(await page()).toBe('one');
  });
});
