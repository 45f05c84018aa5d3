import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Behaving, say, startBehaving } from '../support/behave.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { openPty, type Pty } from '../support/pty.ts';
import { launcher } from '../support/run-cli.ts';

const size = { columns: 120, rows: 40 };
const ok = say('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');

let folder: NetworkFolder;
let server: Behaving;
let cockpit: Pty | undefined;

beforeEach(async () => {
  server = await startBehaving(ok);
  folder = await makeNetworkFolder(`version: 1
name: small
defaults: {interval: 1s, timeout: 500ms}
hosts: [{name: here, hostname: ${hostname()}}]
services:
  - {name: web, host: here, critical: true, checks: [{kind: http, url: "http://127.0.0.1:${server.port}/"}]}
`);
});

afterEach(async () => {
  cockpit?.kill('SIGKILL');
  await cockpit?.ended;
  cockpit = undefined;
  await server.stop();
  await folder.remove();
});

const open = (...args: string[]): Pty => {
  cockpit = openPty([launcher, ...args], { ...size, env: { JOELCLAW_STATE: folder.state } });
  return cockpit;
};

/** The processes below one, by pid. */
const childrenOf = (pid: number): readonly number[] =>
  execFileSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' })
    .split('\n')
    .filter(Boolean)
    .map(Number);

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('the cockpit on a real terminal', () => {
  test('shows a server that is killed, and its recovery', async () => {
    const { until } = open('--root', folder.root);
    await until(/● {2}web .* up/);
    const { port } = server;
    await server.stop();
    await until(/✕ {2}web .* down/);
    server = await startBehaving(ok, port);
    await until(/● {2}web .* up/);
  });

  test('opens on the lab without any inventory and says LAB', async () => {
    const { until, isAlternate } = open('lab', 'clanker-down');
    await until(/LAB clanker-down/);
    expect(isAlternate()).toBe(true);
  });

  test('moves between tabs, filters, opens details and help, and says why a key cannot act', async () => {
    const { until, type } = open('lab');
    await until(/14 functions/);
    type('1');
    await until(/macOS 26/);
    type('3');
    await until(/system-bus/);
    type('4');
    await until(/Caddyfile/);
    type('2');
    type('/redis');
    await until(/Services 1 of[\s\S]*redis .*:6379/);
    type('\r');
    await until(/\/redis ─/);
    type('\r');
    await until(/^(?![\s\S]*─ Changes)[\s\S]*PONG/);
    type('\u001b');
    await until(/─ Changes/);
    type('\u001b');
    await until(/qdrant .*:6333/);
    type('?');
    await until(/poll everything now/);
    type('q');
    type('m');
    await until(/muting comes with a later version/);
  });

  test('draws the last known state at once on the next start, dated', async () => {
    const first = open('--root', folder.root);
    await first.until(/● {2}web .* up/);
    first.type('q');
    expect(await first.ended).toMatchObject({ code: 0 });
    await server.stop();
    const second = open('--root', folder.root);
    await second.until(/last known|✕ {2}web/);
    await second.until(/✕ {2}web .* down/);
    server = await startBehaving(ok);
  });

  test('describes a row by tables with one rule each, and saves what is seen', async () => {
    const { until, type } = open('--root', folder.root);
    await until(/● {2}web .* up/);
    type('d');
    await until(/│ fact +│ value +│\n ├─+┼─+┤\n │ note +│ 200 +│\n │ at /);
    type('\u001b');
    await until(/─ Changes/);
    type('\u0013');
    const seen = await until(/saved (\S+)\.txt and \.json/);
    const [, path = ''] = /saved (\S+)\.txt/.exec(seen) ?? [];
    expect(await readFile(`${path}.txt`, 'utf8')).toMatch(/● {2}web /);
    expect(JSON.parse(await readFile(`${path}.json`, 'utf8'))).toMatchObject({
      summary: { up: 2 },
    });
  });

  test('leaves a stderr that is a file alone', async () => {
    const errors = join(folder.root, 'errors');
    const command = `"${launcher}" lab 2>"${errors}"`;
    cockpit = openPty(['/bin/sh', '-c', command], {
      ...size,
      env: { JOELCLAW_STATE: folder.state },
    });
    await cockpit.until(/14 functions/);
    cockpit.type('q');
    await cockpit.ended;
    expect(await readFile(errors, 'utf8')).toBe('');
  });

  test('takes up a changed inventory, and goes on with the old one while that is wrong', async () => {
    const { until } = open('--root', folder.root);
    await until(/● {2}web .* up/);
    const text = await readFile(join(folder.root, 'inventory.yaml'), 'utf8');
    await folder.write(text.replace('kind: http', 'kind: htpp'));
    await until(/the old inventory goes on: inventory.yaml:\d+:\d+: services/);
    await until(/● {2}web .* up/);
    await folder.write(text.replace('name: web', 'name: site'));
    const taken = await until(/● {2}site .* up/);
    expect(taken).not.toMatch(/goes on|● {2}web/);
    const log = await readFile(join(folder.state, 'joelclaw.log'), 'utf8');
    expect(log).toMatch(/ the old inventory goes on: inventory.yaml:\d+:\d+: services/);
    expect(log).toContain('this is over: the old inventory goes on');
  });

  test('says while it runs that nothing is kept, and goes on keeping once it can', async () => {
    await writeFile(folder.state, 'a file where a folder should be');
    const { until } = open('--root', folder.root);
    await until(/● {2}web .* up[\s\S]* nothing is kept or shared: .*\? help/);
    await rm(folder.state);
    await until(/^(?![\s\S]*nothing is kept)[\s\S]*● {2}web .* up/);
    expect(await readdir(folder.state)).toContainEqual(
      expect.stringMatching(/^small-[0-9a-f]{8}$/),
    );
  });

  test('opens where it was left', async () => {
    const first = open('lab');
    await first.until(/14 functions/);
    first.type('1');
    await first.until(/─ Nodes 4/);
    first.type('q');
    await first.ended;
    const second = open('lab');
    await second.until(/─ Nodes 4/);
  });

  test('says how small the terminal is and what it needs, and comes back', async () => {
    const { until, resize } = open('lab');
    await until(/14 functions/);
    resize(10, 3);
    await until(/10×3/);
    resize(200, 50);
    await until(/14 functions/);
  });

  test.each([
    ['q', 'q', 0],
    ['ctrl-c', '\u0003', 0],
  ])('%s leaves the terminal as it was, exit 0, no process left', async (_title, keys, code) => {
    const { until, type, ended, isAlternate, isCursorShown, pid } = open('lab');
    await until(/14 functions/);
    const children = childrenOf(pid);
    expect(children).toHaveLength(1);
    type(keys);
    expect(await ended).toMatchObject({ code });
    expect(isAlternate()).toBe(false);
    expect(isCursorShown()).toBe(true);
    expect(children.filter(isAlive)).toEqual([]);
  });

  test.each([
    ['SIGTERM', 143],
    ['SIGHUP', 129],
    ['SIGINT', 130],
  ])('%s to the launcher ends it with %i, the terminal as it was', async (signal, code) => {
    const { until, ended, isAlternate, isCursorShown, pid } = open('lab');
    await until(/14 functions/);
    const children = childrenOf(pid);
    process.kill(pid, signal);
    expect(await ended).toMatchObject({ code });
    expect(isAlternate()).toBe(false);
    expect(isCursorShown()).toBe(true);
    expect(children.filter(isAlive)).toEqual([]);
  });

  test.each([
    [['lab'], /14 functions/],
    [['--timeout', '9s', '--lab'], /14 functions/],
  ])('SIGKILL of the cockpit (%j): its parent puts the terminal right', async (args, shown) => {
    const { until, ended, isAlternate, pid, screen } = open(...args);
    await until(shown);
    const [child = 0] = childrenOf(pid);
    process.kill(child, 'SIGKILL');
    expect(await ended).toMatchObject({ code: 137 });
    expect(isAlternate()).toBe(false);
    expect(screen()).toContain('joelclaw was killed by signal 9; the terminal is as it was');
  });

  test('SIGKILL of the launcher: the cockpit ends by itself and leaves the terminal as it was', async () => {
    const { until, isAlternate, pid, ended } = open('lab');
    await until(/14 functions/);
    const [child = 0] = childrenOf(pid);
    process.kill(pid, 'SIGKILL');
    await ended;
    while (isAlive(child)) await new Promise((resolve) => setImmediate(resolve));
    expect(isAlternate()).toBe(false);
  });
});
