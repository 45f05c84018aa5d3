import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parsedOf } from '../inventory/read.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { runCli } from '../support/run-cli.ts';

let folder: NetworkFolder;
let home: string;
let fresh: string;
let env: Record<string, string>;

beforeEach(async () => {
  folder = await makeNetworkFolder('version: 1\nname: there\nhosts: [{name: a}]\n');
  home = join(folder.root, '..', 'home');
  fresh = join(folder.root, '..', 'fresh');
  await Promise.all([mkdir(join(home, '.ssh'), { recursive: true }), mkdir(fresh)]);
  env = { HOME: home, JOELCLAW_STATE: folder.state };
});

afterEach(() => folder.remove());

describe('init', () => {
  test('on a machine with nothing writes what the other commands then read', async () => {
    const more = { PATH: '/nonexistent' };
    const { code, stdout, stderr } = await runCli(['init'], {
      env: { ...env, ...more },
      cwd: fresh,
    });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^wrote .*fresh\/inventory\.yaml: 1 host, \d+ services?/);
    for (const next of ['joelclaw config check', 'joelclaw doctor', 'joelclaw ']) {
      expect(stdout).toContain(`\n  ${next}`);
    }
    const text = await readFile(join(fresh, 'inventory.yaml'), 'utf8');
    expect(text).toContain('# - tailscale: tailscale is not installed here');
    expect(parsedOf(text).inventory.hosts[0]).toMatchObject({
      access: 'local',
      hostname: hostname(),
    });
    expect((await stat(join(fresh, 'inventory.yaml'))).mode & 0o777).toBe(0o644);
    expect(await readdir(fresh)).toEqual(['inventory.yaml']);
    const status = await runCli(['status', '--json'], { env, cwd: fresh });
    expect(JSON.parse(status.stdout).result.nodes[0].state).not.toBe('unknown');
    expect((await runCli(['config', 'check'], { env, cwd: fresh })).code).toBe(0);
  });

  test('writes the hosts that ssh knows, and runs nothing of its configuration', async () => {
    const ran = join(home, 'ran');
    const config = `Include more\nHost box\n  User joel\nMatch exec "touch ${ran}"\n  User evil\n`;
    await writeFile(join(home, '.ssh/config'), config);
    await writeFile(join(home, '.ssh/more'), 'Host "odd: {name}"\n');
    await runCli(['init', '--root', fresh], { env });
    const { hosts } = parsedOf(await readFile(join(fresh, 'inventory.yaml'), 'utf8')).inventory;
    expect(hosts.slice(1).map(({ name, ssh }) => `${name} ${ssh?.host} ${ssh?.user}`)).toEqual([
      'box box joel',
      'odd-name odd: {name} null',
    ]);
    await expect(stat(ran)).rejects.toThrow('ENOENT');
  });

  test('a second time is refused, whatever is there, and changes nothing', async () => {
    const path = join(fresh, 'inventory.yaml');
    await runCli(['init'], { env, cwd: fresh });
    const before = await readFile(path, 'utf8');
    const { code, stderr, stdout } = await runCli(['init'], { env, cwd: fresh });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `joelclaw: ${path} is there already, and is never overwritten\n  → \`joelclaw init --dry-run\` prints what it would write; --root names another folder\n`,
    );
    expect(await readFile(path, 'utf8')).toBe(before);
    const linked = join(fresh, 'linked');
    await mkdir(linked);
    await symlink('/nonexistent/inventory.yaml', join(linked, 'inventory.yaml'));
    expect((await runCli(['init'], { env, cwd: linked })).code).toBe(1);
  });

  test('--dry-run prints it and writes nothing, also where there is one already', async () => {
    const { code, stdout } = await runCli(['init', '--dry-run'], { env, cwd: folder.root });
    expect(code).toBe(0);
    expect(parsedOf(stdout).inventory.hosts).not.toEqual([]);
    await runCli(['init', '--dry-run', '--root', join(fresh, 'new')], { env });
    expect(await readdir(fresh)).toEqual([]);
    expect(await readFile(join(folder.root, 'inventory.yaml'), 'utf8')).toContain('name: there');
  });

  test('--root makes the folder, and names it in what to do next', async () => {
    const root = join(fresh, 'a new', 'net');
    const { stdout } = await runCli(['init', '--root', root], { env });
    expect(stdout).toContain(`joelclaw doctor --root '${root}'`);
    expect((await stat(join(root, 'inventory.yaml'))).isFile()).toBe(true);
  });

  test('the schema is named only where it lies', async () => {
    await writeFile(join(fresh, 'inventory.schema.json'), '{}');
    await runCli(['init'], { env, cwd: fresh });
    expect(await readFile(join(fresh, 'inventory.yaml'), 'utf8')).toMatch(
      /^# yaml-language-server: \$schema=\.\/inventory\.schema\.json\n/,
    );
  });

  test.each([['/proc/no/such'], ['/dev/null/x']])(
    '%s cannot be written, and that is told',
    async (root) => {
      const { code, stderr } = await runCli(['init', '--root', root], { env });
      expect(code).toBe(1);
      expect(stderr).toMatch(/^joelclaw: .*inventory\.yaml could not be written \(\w+\)\n {2}→ /);
    },
  );

  test('--json tells where, how many and the text', async () => {
    const { stdout } = await runCli(['init', '--json'], { env, cwd: fresh });
    const { schema, ok, result, next_actions } = JSON.parse(stdout);
    const path = join(fresh, 'inventory.yaml');
    expect({ schema, ok, path: result.path, written: result.written }).toEqual({
      schema: 'joelclaw.init/v1',
      ok: true,
      path,
      written: true,
    });
    expect(result.found).toMatchObject({ hosts: 1, clusters: 0 });
    expect(result.text).toBe(await readFile(path, 'utf8'));
    expect(next_actions.map(({ command }: { command: string }) => command)).toEqual([
      'joelclaw config check',
      'joelclaw doctor',
      'joelclaw',
    ]);
  });

  test('is offered where no inventory is found', async () => {
    const { stderr } = await runCli(['status'], { env, cwd: '/' });
    expect(stderr).toContain('`joelclaw init`');
    expect(stderr).toContain('`joelclaw lab`');
  });
});
