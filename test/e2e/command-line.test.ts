import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Behaving, say, startBehaving } from '../support/behave.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { killStarted, launcher, runCli, startCli } from '../support/run-cli.ts';

const ok = say('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');

let folder: NetworkFolder;
let server: Behaving;
let env: Record<string, string>;

/** The host is this machine without its disks: how full they are says nothing here. */
const inventory = (port: number, more = ''): string => `version: 1
name: small
defaults: {interval: 1s, timeout: 500ms}
hosts:
  - {name: here, access: local, disks: []}
services:
  - {name: web, host: here, critical: true, checks: [{kind: http, url: "http://127.0.0.1:${port}/"}]}
${more}`;

beforeEach(async () => {
  server = await startBehaving(ok);
  folder = await makeNetworkFolder(inventory(server.port));
  env = { JOELCLAW_STATE: folder.state };
});

afterEach(async () => {
  killStarted();
  await server.stop();
  await folder.remove();
});

const stateFile = async (): Promise<string> => {
  const { readdir } = await import('node:fs/promises');
  const [name = ''] = (await readdir(folder.state)).filter((one) => one.startsWith('small-'));
  return join(folder.state, name, 'state.json');
};

describe('the command line', () => {
  test('--version says the version of the package', async () => {
    const { version } = JSON.parse(
      await readFile(new URL('../../package.json', import.meta.url), 'utf8'),
    );
    expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: `joelclaw ${version}\n` });
  });

  test('--help names every command and flag of this version', async () => {
    const { stdout, code } = await runCli(['--help']);
    expect(code).toBe(0);
    for (const word of [
      'status',
      'config check',
      'lab',
      'doctor',
      'init',
      '--dry-run',
      '--headless',
      '--exit-code',
      '--timeout',
    ]) {
      expect(stdout).toContain(word);
    }
  });

  test.each([
    ['restart', 'joelclaw restart ID… [FLAGS]', ['-y, --yes', '--force', '--json'], ['--grep']],
    ['logs', 'joelclaw logs ID… [FLAGS]', ['-f, --follow', '-n, --lines N'], ['--yes', '--watch']],
    ['schema', 'joelclaw schema [FLAGS]', ['--json'], ['--fresh', '--lab', '--exit-code']],
  ])('%s --help is of that command alone', async (verb, usage, its, others) => {
    const { stdout, code, stderr } = await runCli([verb, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of [usage, ...its, `example: joelclaw ${verb}`, 'exit codes: 0 done, ']) {
      expect(stdout).toContain(word);
    }
    for (const word of [...others, 'start here']) expect(stdout).not.toContain(word);
    expect((await runCli(['help', verb])).stdout).toBe(stdout);
  });

  test('--help of a command that there is none of is a usage error', async () => {
    const { stdout, stderr, code } = await runCli(['restrat', '--help']);
    expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
    expect(stderr).toContain('did you mean `joelclaw restart`?');
  });

  test.each([
    [['--jsn'], 'there is no flag --jsn', 'did you mean --json?'],
    [['statsu'], 'there is no command "statsu" in this version', 'did you mean `joelclaw status`?'],
    [['--root'], '--root wants a value', '--root DIR'],
    [['--json=yes'], '--json takes no value', '--json'],
    [['\u001b[31mred'], 'there is no command "red" in this version', 'joelclaw --help'],
    [['--lab', 'big'], 'there is no command "big" in this version', '--lab=big'],
    [['--timeout', 'soon'], '--timeout soon is not a duration', '500ms, 20s or 2m'],
    [['nodes', 'here'], '`joelclaw nodes` takes no word, not 1', 'joelclaw nodes'],
    [['--watch'], '--watch streams JSON lines', 'joelclaw --headless --watch'],
    [['config', 'chek'], 'there is no `joelclaw config chek`', 'joelclaw config check'],
    [
      ['nodes', '--theme', 'bogus'],
      '--theme: there is no theme "bogus"',
      'one of terminal, dark, light, colour-blind, mono',
    ],
    [['--headless', '--theme=drak'], '--theme: there is no theme "drak"', 'did you mean dark?'],
    [['init', '--fresh', '--dry-run'], '--fresh says nothing to `joelclaw init`', 'leave it out'],
    [['--root', '.', '--lab'], '--root says nothing to a lab', 'leave one of them out'],
    [['lab', 'healthy', '--root', '.'], '--root says nothing to a lab', 'leave one of them out'],
    [['status', '--yes'], '--yes says nothing to `joelclaw status`', 'it is for restart'],
    [['--headless', '-n', '5'], '--lines says nothing to `joelclaw`', 'it is for logs, history'],
    [['schema', '--exit-code'], '--exit-code says nothing to `joelclaw schema`', 'leave it out'],
    [['lab', 'healty'], 'there is no lab scenario "healty"', 'healthy'],
  ])('%j is a usage error that says what to do', async (args, message, hint) => {
    const { code, stderr, stdout } = await runCli(args, { env });
    expect(code).toBe(64);
    expect(stdout).toBe('');
    expect(stderr).toContain(`joelclaw: ${message}`);
    expect(stderr).toContain(hint);
  });

  test('an unknown id names the nearest one', async () => {
    const { code, stderr } = await runCli(['status', 'here/wbe', '--root', folder.root], { env });
    expect({ code, stderr }).toEqual({
      code: 64,
      stderr: 'joelclaw: no host or service is called "here/wbe"\n  → did you mean here/web?\n',
    });
  });

  test('without an inventory it offers the lab, and is not silent about it in JSON', async () => {
    const { code, stderr, stdout } = await runCli(['--headless', '--json'], { env });
    expect(code).toBe(78);
    expect(stderr).toContain('joelclaw lab');
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      result: null,
      error: { code: 'ROOT_NOT_FOUND' },
    });
  });

  test('--exit-code follows the state, and without it a burning network is 0', async () => {
    const run = (...more: string[]) => runCli(['status', '--root', folder.root, ...more], { env });
    expect((await run('--exit-code')).code).toBe(0);
    await server.stop();
    expect((await run('--exit-code')).code).toBe(2);
    expect((await run()).code).toBe(0);
    server = await startBehaving(ok);
  });

  test('one service is shown with what explains it, and is not called well for want of that', async () => {
    const gone = 'joelclaw status here/app --json --exit-code';
    await folder.write(
      inventory(
        server.port,
        `  - {name: app, host: here, dependsOn: [here/web], checks: [{kind: tcp, host: 127.0.0.1, port: ${server.port}}]}\n`,
      ),
    );
    const { port } = server;
    await server.stop();
    const args = gone.split(' ').slice(1);
    const { code, stdout } = await runCli([...args, '--root', folder.root], { env });
    server = await startBehaving(ok, port);
    const { ok: isOk, result, next_actions } = JSON.parse(stdout);
    expect(
      result.services.map(({ id, state }: Record<string, string>) => `${id} ${state}`),
    ).toEqual(['here/web down', 'here/app suppressed']);
    expect({ code, isOk, state: result.summary.state }).toEqual({
      code: 2,
      isOk: false,
      state: 'down',
    });
    expect(next_actions[0]).toEqual({
      command: `joelclaw status here/web --json --root ${folder.root}`,
      description: expect.stringContaining('here/web is down: connection refused'),
    });
  });

  test('a service that is well is called so, whatever else was not asked about', async () => {
    const state = await mkdtemp(join(tmpdir(), 'joelclaw-status-'));
    const args = ['status', 'redis', '--lab', '--exit-code'];
    const end = await runCli(args, { env: { JOELCLAW_STATE: state } });
    expect(end).toMatchObject({ code: 0, stdout: expect.stringMatching(/Summary: up +● 2 up\n/) });
    expect(end.stdout).not.toMatch(/not measured|Cluster/);
    await rm(state, { recursive: true });
  });

  test('the functions are as well as they are, and drift is no trouble', async () => {
    const ask = async (verb: string): Promise<{ code: number | null; ok: boolean }> => {
      const args = [verb, '--lab=worker-crash-loop', '--json', '--exit-code', '--fresh'];
      const { code, stdout } = await runCli(args);
      return { code, ok: JSON.parse(stdout).ok };
    };
    expect(await ask('drift')).toEqual({ code: 0, ok: true });
    expect((await ask('services')).ok).toBe(false);
  });

  test('an empty --root is none', async () => {
    const { code, stderr } = await runCli(['status', '--root', '']);
    expect(code).toBe(64);
    expect(stderr).toContain('--root wants a value, and it is empty');
  });

  test('what to do next names the same lab', async () => {
    const { stdout } = await runCli(['--lab=functions-missing', '--headless', '--json'], { env });
    expect(JSON.parse(stdout).next_actions[0].command).toBe(
      'joelclaw functions --json --lab=functions-missing',
    );
  });

  test.each([
    [['config', 'check', '--lab'], '--lab says nothing to `joelclaw config`'],
    [['lab', 'list', 'all'], '`joelclaw lab` takes 1 word, not 2'],
  ])('%j is refused rather than half done', async (args, message) => {
    const { code, stderr } = await runCli(args, { env });
    expect({ code, told: stderr.includes(message) }).toEqual({ code: 64, told: true });
  });

  test('a state folder whose place depends on where one stands is refused', async () => {
    const { code, stderr } = await runCli(['status', '--root', folder.root], {
      env: { JOELCLAW_STATE: 'rel/state' },
    });
    expect(code).toBe(64);
    expect(stderr).toContain('JOELCLAW_STATE is rel/state');
  });

  test('a reader that goes away early is no error', async () => {
    const { child, ended } = startCli(['lab', 'big', '--headless'], { env });
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
  });

  test('a stdout that takes nothing is told in one line', async () => {
    const { execFile } = await import('node:child_process');
    const { promisify } = await import('node:util');
    const run = promisify(execFile)(
      'sh',
      ['-c', '"$0" lab --headless --json >/dev/full', launcher],
      {
        env: { PATH: process.env['PATH'], JOELCLAW_STATE: folder.state },
      },
    );
    await expect(run).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^joelclaw: the answer could not be written \(ENOSPC\)\n {2}→ .*\n$/,
      ),
    });
  });

  test('--watch ends when its reader has gone', async () => {
    const { child, until, ended } = startCli(['--headless', '--watch', '--root', folder.root], {
      env,
    });
    await until(/"type":"start"/);
    child.stdout?.destroy();
    const { port } = server;
    await server.stop();
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    server = await startBehaving(ok, port);
  });

  test.each([
    [['--version', '--json'], { schema: 'joelclaw.version/v1', ok: true }],
    [['--help', '--json'], { schema: 'joelclaw.help/v1', ok: true }],
    [
      ['logs', '--help', '--json'],
      {
        schema: 'joelclaw.help/v1',
        command: 'joelclaw logs --help',
        result: {
          commands: [{ usage: 'logs ID…' }],
          exitCodes: expect.stringContaining('1 failed'),
        },
      },
    ],
    [['schema'], { $schema: 'https://json-schema.org/draft/2020-12/schema' }],
    [
      ['schema', '--json'],
      {
        schema: 'joelclaw.schema/v1',
        ok: true,
        command: 'joelclaw schema',
        result: { $schema: 'https://json-schema.org/draft/2020-12/schema' },
        next_actions: [],
      },
    ],
    [['lab', 'list', '--json'], { schema: 'joelclaw.lab/v1', ok: true }],
    [['status', '--watch', '--json'], { ok: false, error: { code: 'USAGE' } }],
    [['trust', '--lab', '--json'], { ok: false, error: { code: 'USAGE' } }],
  ])('%j answers with one JSON object', async (args, wanted) => {
    expect(JSON.parse((await runCli(args, { env })).stdout)).toMatchObject(wanted);
  });

  test('a pattern that backtracks without end does not hang it', async () => {
    const check = `{kind: command, argv: [echo, ${'a'.repeat(40)}b], stdout: "^(a+)+$"}`;
    await folder.write(`version: 1
name: small
hosts: [{name: local, hostname: ${hostname()}}]
services: [{name: run, host: local, checks: [${check}]}]
`);
    const { stdout } = await runCli(['status', 'run', '--json', '--root', folder.root], { env });
    expect(JSON.parse(stdout).result.services[0]).toMatchObject({ state: 'down' });
  });

  test('ctrl-c during a sample ends with 130 and keeps nothing of it', async () => {
    const silent = await startBehaving((socket) => void socket.resume());
    await folder.write(inventory(silent.port).replace('500ms', '60s'));
    const { child, ended } = startCli(['status', '--root', folder.root], { env });
    while (silent.connections() === 0) await new Promise((resolve) => setImmediate(resolve));
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ code: 130, stdout: '' });
    await expect(stateFile()).rejects.toThrow('ENOENT');
    await silent.stop();
  });
});

describe('the inventory on the command line', () => {
  test('a line of .env that is passed over is told by its place, and never by its text', async () => {
    await writeFile(join(folder.root, '.env'), 'GOOD=1\nhunter2hunter2\n', { mode: 0o600 });
    const told = 'joelclaw: .env:2:1: is no NAME=value, try: ';
    for (const verb of [['status'], ['--headless', '--json'], ['config', 'check', '--json']]) {
      const end = await runCli([...verb, '--root', folder.root], { env });
      expect({ code: end.code, told: end.stderr.startsWith(told) }).toEqual({
        code: 0,
        told: true,
      });
      expect(end.stderr + end.stdout).not.toContain('hunter2');
    }
    const args = ['config', 'check', '--json', '--root', folder.root];
    expect(JSON.parse((await runCli(args, { env })).stdout).result.warnings).toMatchObject([
      { file: '.env', line: 2, column: 1, message: 'is no NAME=value' },
    ]);
    await folder.write(inventory(server.port, `vault: "\${VAULT_PATH}"\n`));
    const { code, stderr } = await runCli(args, { env });
    expect(code).toBe(78);
    expect(stderr).toMatch(/^inventory\.yaml:8:8: .*\n\.env:2:1: is no NAME=value/);
  });

  test('config check says what is well formed', async () => {
    const { code, stdout } = await runCli(['config', 'check', '--root', folder.root], { env });
    expect(code).toBe(0);
    expect(stdout).toContain('small is well formed: 1 hosts, 1 services, 2 checks, 0 files');
  });

  test('every fault has its line, nothing is asked, exit 78', async () => {
    await folder.write(inventory(server.port, '  - {name: web, host: hree, prot: 80}\n'));
    for (const args of [['config', 'check'], ['--headless', '--json'], ['status']]) {
      const { code, stderr } = await runCli([...args, '--root', folder.root], { env });
      expect(code).toBe(78);
      expect(stderr).toMatch(
        /^inventory\.yaml:8:23: services\[1\]\.host: no host is called "hree", try: here$/m,
      );
      expect(stderr).toMatch(
        /^inventory\.yaml:8:29: services\[1\]\.prot: is not a known key, try: port$/m,
      );
    }
    expect(server.connections()).toBe(0);
  });

  test('the faults stand in the JSON too', async () => {
    await folder.write('version: 1\nname: x\n');
    const { stdout } = await runCli(['config', 'check', '--json', '--root', folder.root], { env });
    expect(JSON.parse(stdout).error).toMatchObject({
      code: 'INVENTORY_INVALID',
      faults: [
        { file: 'inventory.yaml', line: 1, column: 1, path: 'hosts', message: 'is missing' },
      ],
    });
  });

  test('a folder in the place of the inventory is told as what it is', async () => {
    const path = join(folder.root, 'inventory.yaml');
    await rm(path);
    await mkdir(path);
    for (const verb of [['config', 'check'], ['status'], ['--headless', '--json']]) {
      const { code, stderr } = await runCli([...verb, '--root', folder.root], { env });
      expect({ code, stderr }).toEqual({
        code: 78,
        stderr: `joelclaw: ${path} is a folder, where a file is wanted\n  → move it away, then \`joelclaw init --root ${folder.root}\` writes one, or name another folder with --root\n`,
      });
    }
  });

  test('a file of 10 MB is refused without being read', async () => {
    await folder.write(`${'# much\n'.repeat(1_500_000)}`);
    const { code, stderr } = await runCli(['config', 'check', '--root', folder.root], { env });
    expect({ code, stderr }).toEqual({
      code: 78,
      stderr:
        'inventory.yaml:1:1: is larger than 1024 KiB, try: is this the right file?\n  → mend these lines; nothing was asked of any host\n',
    });
  });

  test('secrets come from .env beside it, and a missing name has its line', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the inventory's own way to name a secret
    const named = 'http://${WEB_HOST}127';
    await folder.write(inventory(server.port).replace('http://127', named));
    const without = await runCli(['status', '--root', folder.root], { env });
    expect(without.stderr).toMatch(
      /^inventory\.yaml:7:\d+: services\[0\]\.checks\[0\]\.url: \$\{WEB_HOST\} is not set/m,
    );
    await writeFile(join(folder.root, '.env'), 'WEB_HOST=user:secret9@\n');
    const run = await runCli(['status', '--json', '--root', folder.root], { env });
    expect(run.code).toBe(0);
    expect(run.stdout).not.toContain('secret9');
  });

  test('a .env that is there but cannot be read is told as that', async () => {
    await mkdir(join(folder.root, '.env'));
    const { code, stderr } = await runCli(['status', '--root', folder.root], { env });
    expect({ code, stderr }).toEqual({
      code: 78,
      stderr: `joelclaw: ${folder.root}/.env cannot be read (not a file)\n  → look at its owner and mode\n`,
    });
  });

  test('one that others may write to is not obeyed when it was found by walking up', async () => {
    await chmod(join(folder.root, 'inventory.yaml'), 0o666);
    const inside = join(folder.root, 'deep', 'inside');
    await mkdir(inside, { recursive: true });
    const found = await runCli(['status'], { env, cwd: inside });
    expect(found.code).toBe(78);
    expect(found.stderr).toContain('others may write to it');
    expect((await runCli(['status', '--root', folder.root], { env, cwd: inside })).code).toBe(0);
  });

  test('commands of a root that was found by walking up run only once it is trusted', async () => {
    const marker = join(folder.root, 'marker');
    await folder.write(
      inventory(
        server.port,
        `  - {name: run, host: local, checks: [{kind: command, argv: [touch, ${marker}]}]}\n`,
      ).replace('hosts:\n', `hosts:\n  - {name: local, hostname: ${hostname()}}\n`),
    );
    const before = await runCli(['status', 'run', '--json'], { env, cwd: folder.root });
    const [service] = JSON.parse(before.stdout).result.services;
    expect(service).toMatchObject({ state: 'unknown', checks: [{ fault: { code: 'forbidden' } }] });
    await expect(readFile(marker)).rejects.toThrow('ENOENT');
    const dry = await runCli(['trust', '--dry-run'], { env, cwd: folder.root });
    expect(dry).toMatchObject({ code: 0, stdout: expect.stringMatching(/^would be trusted: /) });
    expect((await runCli(['status'], { env, cwd: folder.root })).stdout).toContain('not trusted');
    expect((await runCli(['trust'], { env, cwd: folder.root })).code).toBe(0);
    await runCli(['status', 'run'], { env, cwd: folder.root });
    expect(await readFile(marker, 'utf8')).toBe('');
  });
});

describe('the last known state on disk', () => {
  const sample = () => runCli(['status', '--json', '--root', folder.root], { env });

  test('is kept 0600 in a folder 0700 of its own network', async () => {
    await sample();
    const path = await stateFile();
    const { stat } = await import('node:fs/promises');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(path, '..'))).mode & 0o777).toBe(0o700);
    expect(path).toMatch(/small-[0-9a-f]{8}\/state\.json$/);
  });

  test('a damaged one is put aside and told in one line; the sample is unharmed', async () => {
    await sample();
    const path = await stateFile();
    await writeFile(path, '{"schema":"joelclaw.state/v1","at":');
    const { code, stderr, stdout } = await sample();
    expect({ code, ok: JSON.parse(stdout).ok }).toEqual({ code: 0, ok: true });
    expect(stderr).toBe(
      `joelclaw: the last known state was damaged; it is kept as ${path}.damaged\n`,
    );
    expect(await readFile(`${path}.damaged`, 'utf8')).toContain('"at":');
  });

  test('a place where no folder can be made is told, and does not hang it', async () => {
    const { code, stderr } = await runCli(['status', '--root', folder.root], {
      env: { JOELCLAW_STATE: '/proc/no/such' },
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^joelclaw: the last known state could not be kept \(\w+\): .*\n$/);
  });

  test('a place that cannot be written to is told in one line; the sample is unharmed', async () => {
    await writeFile(folder.state, 'a file where a folder should be');
    const { code, stderr, stdout } = await sample();
    expect({ code, ok: JSON.parse(stdout).ok }).toEqual({ code: 0, ok: true });
    expect(stderr).toMatch(/^joelclaw: the last known state cannot be read \(ENOTDIR\): .*\n/);
    expect(stderr).toMatch(/^joelclaw: the last known state could not be kept \(\w+\): .*\n$/m);
  });
});

describe.runIf(process.platform === 'linux')('a disk that takes nothing', () => {
  /** In a mount namespace of its own, a tmpfs with this option lies over the state folder. */
  const sampleOver = async (option: string): Promise<{ stdout: string; stderr: string }> => {
    const { execFile } = await import('node:child_process');
    const { promisify } = await import('node:util');
    await mkdir(folder.state);
    const script = `mount -t tmpfs -o ${option} tmpfs "$1" && exec "$2" status --json --root "$3"`;
    return promisify(execFile)(
      'unshare',
      [
        '--user',
        '--map-root-user',
        '--mount',
        'sh',
        '-c',
        script,
        'sh',
        folder.state,
        launcher,
        folder.root,
      ],
      { env: { PATH: process.env['PATH'], JOELCLAW_STATE: folder.state } },
    );
  };

  test.each([
    ['full', 'nr_inodes=1', 'no space is left on the disk, ENOSPC'],
    ['read-only', 'ro', 'the disk is read-only, EROFS'],
  ])('%s: one line says so, the sample is unharmed', async (_title, option, why) => {
    const { stdout, stderr } = await sampleOver(option);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, result: { summary: { state: 'up' } } });
    expect(stderr).toMatch(
      new RegExp(`^joelclaw: the last known state could not be kept \\(${why}\\): .*\n$`),
    );
  });
});

describe('--headless --watch', () => {
  test('prints a line per change while a server dies and comes back, and ends with the envelope', async () => {
    const { child, until, ended } = startCli(['--headless', '--watch', '--root', folder.root], {
      env,
    });
    expect(JSON.parse(await until(/"type":"start"/))).toMatchObject({
      result: { summary: { state: 'up' } },
    });
    const { port } = server;
    await server.stop();
    expect(JSON.parse(await until(/"id":"here\/web".*"to":"down"/))).toMatchObject({
      type: 'change',
      from: 'up',
      note: `connection refused by 127.0.0.1:${port}`,
    });
    server = await startBehaving(ok, port);
    await until(/"id":"here\/web".*"from":"down","to":"up"/);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(0);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      schema: 'joelclaw.status/v1',
    });
  });
});
