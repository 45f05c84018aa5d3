import { execFile } from 'node:child_process';
import { appendFile, chmod, mkdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DoctorItem } from '../../src/outputs/doctor-page.ts';
import { neverAnswer, startBehaving } from '../support/behave.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { killStarted, runCli, startCli } from '../support/run-cli.ts';
import { describeTier } from '../support/tiers.ts';

let folder: NetworkFolder;
let home: string;
let env: Record<string, string>;

const head = `version: 1\nname: small\nhosts:\n  - {name: here, hostname: ${hostname()}}\n`;

beforeEach(async () => {
  folder = await makeNetworkFolder(head);
  home = join(folder.root, '..', 'home');
  await mkdir(join(home, '.ssh'), { recursive: true });
  env = { HOME: home, JOELCLAW_STATE: folder.state };
});

afterEach(async () => {
  killStarted();
  await folder.remove();
});

interface Examined {
  readonly code: number | null;
  readonly items: readonly DoctorItem[];
  readonly stdout: string;
  item(id: string): DoctorItem | undefined;
}

const examine = async (args: readonly string[] = [], more = {}): Promise<Examined> => {
  const run = ['doctor', '--json', '--root', folder.root, ...args];
  const { code, stdout, stderr } = await runCli(run, { env: { ...env, ...more } });
  expect(stderr).toBe('');
  const { schema, ok, result } = JSON.parse(stdout);
  expect({ schema, ok }).toEqual({ schema: 'joelclaw.doctor/v1', ok: true });
  const { items } = result as { readonly items: readonly DoctorItem[] };
  return { code, items, stdout, item: (id) => items.find((one) => one.id === id) };
};

describe('doctor', () => {
  test('works without an inventory, and says how to get one', async () => {
    const { code, stdout } = await runCli(['doctor'], { env, cwd: '/' });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^✕ root +missing +no inventory\.yaml here or above/m);
    expect(stdout).toContain('`joelclaw init` writes one');
    expect(stdout).toMatch(/^● Node +ok /m);
    expect((await runCli(['doctor', '--exit-code'], { env, cwd: '/' })).code).toBe(1);
  });

  test('asks nothing of a small network, and --exit-code is 0', async () => {
    const { code, items } = await examine(['--exit-code']);
    expect(items.filter(({ state }) => state === 'missing')).toEqual([]);
    expect(code).toBe(0);
  });

  test('tells each fault of a wrong inventory at its place', async () => {
    await folder.write(`${head}services: [{name: a, host: hree, prot: 1}]\n`);
    const { items } = await examine();
    expect(items.filter(({ state }) => state === 'missing')).toEqual([
      {
        id: 'inventory/fault/1',
        title: 'inventory.yaml:5:28',
        state: 'missing',
        note: 'services[0].host: no host is called "hree"',
        fix: 'try: here',
      },
      expect.objectContaining({ note: 'services[0].prot: is not a known key', fix: 'try: port' }),
    ]);
  });

  test('names what is left unset and never shows what is set', async () => {
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: the inventory's own way to name a secret
    const alerts =
      'alerts: {channels: [{kind: ntfy, url: "${NTFY_URL:-}"}], heartbeat: "${BEAT:-}"}';
    const inngest = 'inngest: [{name: i, url: "http://${USER_INFO}127.0.0.1:1/"}]';
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above
    await folder.write(`${head}${alerts}\n${inngest}\n`);
    await writeFile(join(folder.root, '.env'), 'USER_INFO=joel:hunter2hunter2@\n', { mode: 0o644 });
    const { item, stdout } = await examine();
    expect(item('inventory/unset')).toMatchObject({ state: 'warning', note: 'BEAT, NTFY_URL' });
    expect(item('root/env')).toMatchObject({
      state: 'warning',
      fix: expect.stringMatching(/^chmod 600 /),
    });
    expect(item('inngest/i/health')).toMatchObject({ state: 'missing' });
    expect(stdout).not.toContain('hunter2');
    await chmod(join(folder.root, '.env'), 0o600);
    expect((await examine()).item('root/env')).toMatchObject({ state: 'ok', note: '0600' });
    await appendFile(join(folder.root, '.env'), 'MORE hunter2hunter2\n');
    const { item: again, stdout: more } = await examine();
    expect(again('root/env/2')).toMatchObject({ state: 'warning', note: 'is no NAME=value' });
    expect(more).not.toContain('hunter2');
  });

  test('tools that PATH does not hold are missing, each with what to do', async () => {
    await folder.write(`${head}  - {name: nas, access: ssh, ssh: {host: 127.0.0.1, client: openssh}}
services:
  - {name: a, host: here, manager: {kind: systemd, unit: a.service}}
  - {name: b, host: here, checks: [{kind: command, argv: [docker, ps]}]}
tailscale: {enabled: true}
`);
    const { items } = await examine([], { PATH: '/nonexistent' });
    const missing = items.filter(({ state }) => state === 'missing').map(({ id }) => id);
    for (const id of ['systemctl', 'docker', 'tailscale', 'ssh']) {
      expect(missing).toContain(`program/${id}`);
    }
    for (const { state, fix } of items) expect(state === 'missing' && fix === '').toBe(false);
  });

  test('commands of a root that was found by looking around are missing until it is trusted', async () => {
    await folder.write(
      `${head}services: [{name: a, host: here, checks: [{kind: command, argv: [sh]}]}]\n`,
    );
    const look = async (): Promise<string> =>
      (await runCli(['doctor'], { env, cwd: folder.root })).stdout;
    expect(await look()).toMatch(
      /^✕ command checks +missing .*not trusted\n {4}→ .*joelclaw trust/m,
    );
    await runCli(['trust'], { env, cwd: folder.root });
    expect(await look()).toMatch(/^● command checks +ok /m);
  });

  test('a state folder that others may look into is a warning, a file in its place is missing', async () => {
    await mkdir(folder.state, { mode: 0o755 });
    await chmod(folder.state, 0o755);
    expect((await examine()).item('state/folder')).toMatchObject({
      state: 'warning',
      fix: `chmod 700 ${folder.state}`,
    });
    const path = join(folder.root, 'inventory.yaml');
    expect((await examine([], { JOELCLAW_STATE: path })).item('state/folder')).toMatchObject({
      state: 'missing',
      note: `${path} is not a folder`,
    });
  });

  test('what hangs is told when the time is up, and the rest is not lost', async () => {
    const silent = await startBehaving(neverAnswer);
    await folder.write(`${head}inngest: [{name: i, url: "http://127.0.0.1:${silent.port}"}]\n`);
    const { item } = await examine(['--timeout', '300ms']);
    await silent.stop();
    expect(item('inngest/i/health')).toMatchObject({
      note: expect.stringMatching(/not looked at|no answer/),
    });
    expect(item('inventory/valid')).toMatchObject({ state: 'ok' });
  });

  test('ctrl-c ends it with 130', async () => {
    const silent = await startBehaving(neverAnswer);
    await folder.write(`${head}inngest: [{name: i, url: "http://127.0.0.1:${silent.port}"}]\n`);
    const { child, ended } = startCli(['doctor', '--root', folder.root], { env });
    while (silent.connections() === 0) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stdout: '' });
    await silent.stop();
  });

  test('the lab needs nothing', async () => {
    const { code, stdout } = await runCli(['doctor', '--lab', '--exit-code'], { env, cwd: '/' });
    expect({ code, told: stdout.includes('it needs nothing') }).toEqual({ code: 0, told: true });
  });
});

describeTier('ssh', 'doctor looks at what ssh goes by', () => {
  const run = promisify(execFile);
  const keygen = (...args: readonly string[]) =>
    run('ssh-keygen', ['-q', '-t', 'ed25519', ...args]);

  beforeEach(async () => {
    await folder.write(`${head}  - name: nas
    access: ssh
    ssh: {host: 127.0.0.1, port: 1, identityFile: ${home}/.ssh/key, knownHosts: [${home}/.ssh/known_hosts]}
`);
  });

  test('a key file that is away, that others may read, that has a passphrase', async () => {
    const path = join(home, '.ssh', 'key');
    const keys = async () => (await examine()).item('ssh/nas/keys');
    expect(await keys()).toMatchObject({ state: 'missing', note: `${path} does not exist` });
    await keygen('-N', '', '-f', path);
    expect(await keys()).toMatchObject({ state: 'ok', note: `${path}, 0600` });
    await chmod(path, 0o644);
    expect(await keys()).toMatchObject({ state: 'warning', fix: `chmod 600 ${path}` });
    await chmod(path, 0o600);
    await run('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'long passphrase', '-f', path]);
    expect(await keys()).toMatchObject({
      state: 'warning',
      note: expect.stringContaining('has a passphrase'),
    });
  });

  test('an agent that does not answer is a warning', async () => {
    const socket = join(home, 'no-agent');
    const { item } = await examine([], { SSH_AUTH_SOCK: socket });
    expect(item('ssh/nas/agent')).toMatchObject({
      state: 'warning',
      note: `${socket} does not answer`,
    });
  });

  test('a host key that no file has is missing with the commands to pin it, and is found hashed', async () => {
    const known = join(home, '.ssh', 'known_hosts');
    const hostKey = async () => (await examine()).item('ssh/nas/host-key');
    const missing = await hostKey();
    expect(missing).toMatchObject({ state: 'missing' });
    expect(missing?.fix).toMatch(
      /^joelclaw audit trust nas( --root \S+)? shows its fingerprints, .*\non that machine: ssh-keygen -lf /,
    );
    const key = join(home, 'hostkey');
    await keygen('-N', '', '-f', key);
    const { stdout } = await run('ssh-keygen', ['-y', '-f', key]);
    await writeFile(known, `[127.0.0.1]:1 ${stdout}`);
    expect(await hostKey()).toMatchObject({
      state: 'ok',
      note: `one is listed in ${known}; the login compares it`,
    });
    await run('ssh-keygen', ['-H', '-f', known]);
    expect(await hostKey()).toMatchObject({ state: 'ok' });
  });
});
