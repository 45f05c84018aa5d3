import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { openPty } from '../support/pty.ts';
import { type CliEnd, launcher, startCli } from '../support/run-cli.ts';
import { makeKey, publicKey, type SshdServer, startSshd } from '../support/sshd-server.ts';
import { describeTier } from '../support/tiers.ts';

const run = promisify(execFile);

describeTier('sshd', 'audit trust', () => {
  let server: SshdServer;
  let folder: string;
  let pins: string;
  let state: string;
  beforeAll(async () => {
    server = await startSshd();
    folder = await mkdtemp(join(tmpdir(), 'joelclaw-trust-'));
    await mkdir(join(folder, 'bin'));
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    state = await mkdtemp(join(folder, 'state-'));
    pins = join(state, 'known_hosts');
    await writeInventory();
    await rm(join(folder, 'bin/tailscale'), { force: true });
  });

  const writeInventory = async (more = ''): Promise<void> => {
    const host = (name: string, client: string) =>
      `  - {name: ${name}, access: ssh, ssh: {host: 127.0.0.1, port: ${server.port}, user: ${userInfo().username}, identityFile: ${server.keyFile}, knownHosts: [${folder}/known], client: ${client}${more}}}`;
    await writeFile(
      join(folder, 'inventory.yaml'),
      `version: 1\nname: trust\nhosts:\n  - {name: here, access: local}\n${host('box', 'ssh2')}\n${host('boxo', 'openssh')}\n`,
    );
    await writeFile(join(folder, 'known'), '');
  };
  const environment = () => ({
    JOELCLAW_STATE: state,
    PATH: `${folder}/bin${delimiter}${process.env['PATH']}`,
  });
  const cli = (...words: readonly string[]): Promise<CliEnd> =>
    startCli([...words, '--root', folder], { env: environment() }).ended;
  const trust = (...words: readonly string[]): Promise<CliEnd> =>
    cli('audit', 'trust', 'box', ...words);
  const printOf = async (file: string): Promise<string> => {
    const { stdout } = await run('ssh-keygen', ['-lf', join(server.folder, `${file}.pub`)]);
    return stdout.split(' ')[1] ?? '';
  };
  /** What is known of the host itself: null where it was asked. */
  const faultOf = async (name: string): Promise<{ message: string; hint: string } | null> => {
    const { stdout, stderr } = await cli('status', name, '--json', '--fresh');
    expect(stderr).toBe('');
    return JSON.parse(stdout).result.nodes[0].checks[0].fault;
  };
  const codeOf = ({ stdout }: CliEnd): string => JSON.parse(stdout).error.code;

  it('takes a host from unknown to known, for both clients', async () => {
    for (const name of ['box', 'boxo']) {
      expect(await faultOf(name)).toMatchObject({
        code: 'host-key',
        hint: expect.stringContaining(`joelclaw audit trust ${name}`),
      });
    }
    const ed25519 = await printOf('host_ed25519');
    const { code, stdout } = await trust('--yes', '--fingerprint', ed25519, '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'joelclaw.audit-trust/v1',
      result: { host: 'box', name: `[127.0.0.1]:${server.port}`, pinned: [ed25519], stale: [] },
    });
    expect(await readFile(pins, 'utf8')).toBe(
      `[127.0.0.1]:${server.port} ${server.hostKeys.ed25519}\n`,
    );
    expect((await stat(pins)).mode & 0o777).toBe(0o600);
    expect(await faultOf('box')).toBeNull();
    expect(await faultOf('boxo')).toBeNull();
    const again = await trust('--yes', '--fingerprint', ed25519);
    expect(again).toMatchObject({ code: 0, stdout: expect.stringMatching(/trusted already/) });
  }, 60_000);

  it('pins nothing that nobody has confirmed', async () => {
    const ed25519 = await printOf('host_ed25519');
    const other = `SHA256:${'A'.repeat(43)}`;
    const asked: readonly (readonly [string, ...string[]])[] = [
      ['CONFIRMATION_REQUIRED'],
      ['CONFIRMATION_REQUIRED', '--yes'],
      ['CONFIRMATION_REQUIRED', '--fingerprint', ed25519],
      ['FINGERPRINT_MISMATCH', '--yes', '--fingerprint', other],
      ['FINGERPRINT_MISMATCH', '--yes', '--replace', '--fingerprint', other],
      ['READ_ONLY', '--yes', '--read-only', '--fingerprint', ed25519],
    ];
    for (const [code, ...words] of asked) {
      const end = await trust(...words, '--json');
      if (code === 'CONFIRMATION_REQUIRED') {
        expect(JSON.parse(end.stdout).fix).toMatch(/joelclaw audit trust box --dry-run --json/);
      }
      expect([words.join(' '), end.code, codeOf(end)]).toEqual([words.join(' '), 2, code]);
    }
    expect((await trust('--yes', '--fingerprint', ed25519, '--dry-run')).code).toBe(0);
    await expect(stat(pins)).rejects.toThrow('ENOENT');
    expect(await faultOf('box')).toMatchObject({ code: 'host-key' });
  }, 60_000);

  it('asks whoever sits at a terminal for the name of the host', async () => {
    const argv = [launcher, 'audit', 'trust', 'box', '--root', folder] as const;
    const open = () => openPty(argv, { columns: 160, rows: 40, env: environment() });
    const slip = open();
    await slip.until(/are these its keys\? type box:/);
    expect(slip.screen()).toContain(await printOf('host_rsa'));
    slip.type('y\r');
    expect((await slip.ended).code).toBe(2);
    await expect(stat(pins)).rejects.toThrow('ENOENT');
    const sure = open();
    await sure.until(/type box:/);
    sure.type('box\r');
    expect((await sure.ended).code).toBe(0);
    const { ed25519, rsa } = server.hostKeys;
    const text = await readFile(pins, 'utf8');
    for (const key of [ed25519, rsa]) expect(text).toContain(`[127.0.0.1]:${server.port} ${key}\n`);
  }, 60_000);

  it('shows a key that has changed, and takes it only with --replace', async () => {
    const old = join(server.folder, 'old');
    await makeKey(old);
    const name = `[127.0.0.1]:${server.port}`;
    await writeFile(
      pins,
      `# mine\n${name} ${await publicKey(old)}\nelse ${await publicKey(old)}\n`,
    );
    await writeFile(join(folder, 'known'), `${name} ${await publicKey(old)}\n`);
    for (const one of ['box', 'boxo']) {
      expect(await faultOf(one)).toMatchObject({
        message: expect.stringContaining('has changed'),
        hint: expect.stringContaining(`joelclaw audit trust ${one} --replace`),
      });
    }
    const print = await printOf('host_ed25519');
    const refused = await trust('--yes', '--fingerprint', print);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/its key has changed/);
    expect(refused.stderr).toContain(await printOf('old'));
    expect(refused.stderr).toContain(print);
    const before = await readFile(pins, 'utf8');
    expect(before).toContain(await publicKey(old));
    const replaced = await trust('--yes', '--fingerprint', print, '--replace');
    expect(replaced.code).toBe(0);
    expect(replaced.stdout).toContain(`take it out of ${folder}/known:1`);
    expect(await readFile(pins, 'utf8')).toBe(
      `# mine\nelse ${await publicKey(old)}\n${name} ${server.hostKeys.ed25519}\n`,
    );
    expect(await faultOf('box')).toBeNull();
    expect(await faultOf('boxo')).toBeNull();
  }, 60_000);

  it('trusts nothing that is revoked, by whatever file', async () => {
    const print = await printOf('host_ed25519');
    await trust('--yes', '--fingerprint', print);
    await writeFile(join(folder, 'known'), `@revoked * ${server.hostKeys.ed25519}\n`);
    for (const one of ['box', 'boxo']) {
      expect(await faultOf(one)).toMatchObject({ message: expect.stringContaining('is revoked') });
    }
    expect(codeOf(await trust('--yes', '--fingerprint', print, '--replace', '--json'))).toBe(
      'KEY_REVOKED',
    );
  }, 60_000);

  it('shows what Tailscale tells of that peer beside it', async () => {
    const peer = { DNSName: 'box.tail.ts.net.', TailscaleIPs: ['127.0.0.1'] };
    const sshHostKeys = [server.hostKeys.ed25519];
    const status = JSON.stringify({
      BackendState: 'Running',
      Peer: { a: { ...peer, sshHostKeys } },
    });
    await writeFile(join(folder, 'bin/tailscale'), `#!/bin/sh\ncat <<'END'\n${status}\nEND\n`);
    await chmod(join(folder, 'bin/tailscale'), 0o755);
    const print = await printOf('host_ed25519');
    const { stdout } = await trust('--yes', '--fingerprint', print, '--dry-run', '--json');
    const keys: readonly { type: string; tailscale: boolean }[] = JSON.parse(stdout).result.keys;
    expect(new Map(keys.map(({ type, tailscale }) => [type, tailscale]))).toEqual(
      new Map([
        ['ssh-ed25519', true],
        ['ssh-rsa', false],
      ]),
    );
    expect((await trust('--dry-run')).stdout).toMatch(/BY TAILSCALE[\s\S]*the same/);
  }, 60_000);

  it('says what to do where a jump host is in between, or nobody answers, or there is no ssh', async () => {
    await writeInventory(', proxyJump: gate');
    const jumped = await trust();
    expect(jumped).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/ssh-keyscan does not go/),
    });
    expect(jumped.stderr).toMatch(/here: ssh -J \S*gate -p \d+ 127\.0\.0\.1, and say yes/);
    const text = await readFile(join(folder, 'inventory.yaml'), 'utf8');
    await writeFile(
      join(folder, 'inventory.yaml'),
      text
        .replaceAll('host: 127.0.0.1', 'host: no-such-host.invalid')
        .replaceAll(', proxyJump: gate', ''),
    );
    expect(await trust()).toMatchObject({
      ...{
        code: 1,
        stderr: expect.stringMatching(/no-such-host\.invalid is no name that is known/),
      },
    });
    await writeInventory();
    expect(await cli('audit', 'trust', 'here')).toMatchObject({
      ...{ code: 2, stderr: expect.stringMatching(/reached without ssh/) },
    });
    await server.stopListening();
    try {
      expect(await trust()).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/shows no key/),
      });
    } finally {
      await server.startAgain();
    }
  }, 60_000);
});
