import { describe, expect, test } from 'vitest';
import { sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit, type TestCockpit } from './open-test-cockpit.ts';

async function drifted(): Promise<TestCockpit> {
  const { store } = await sampledLab('config-drift', 3);
  const cockpit = openTestCockpit(store, { columns: 150, rows: 40 });
  cockpit.press('4');
  return cockpit;
}

/** The rows of the table, by what they name. */
const rowsOf = (cockpit: TestCockpit): readonly string[] =>
  cockpit.lines().filter((line) => /^ [^ ] {2}(?:infra|k8s)\//.test(line));

describe('the Drift tab', () => {
  test('lists every file, the gravest first, and tells what an apply would change', async () => {
    const cockpit = await drifted();
    expect(
      rowsOf(cockpit).map((line) => line.trim().split(/ {2,}/).slice(1, 6).join(' | ')),
    ).toEqual([
      'k8s/redis.yaml | k8s | – | drift | +1 −1',
      'infra/caddy/Caddyfile | caddyfile | panda | unmanaged | +1 −1',
      'infra/env/worker.env.example | env | panda | unmanaged | +1 −0',
      'infra/worker/start.sh | file | panda | missing | +4 −0',
      'infra/launchd/com.joel.caddy.plist | launchd | panda | in-sync | panda/caddy',
      'infra/systemd/pdf-brain.service | systemd | clanker-001 | in-sync | clanker-001/pdf-brain',
    ]);
    expect(cockpit.line('4 Drift 6')).toContain('▲4');
    expect(cockpit.line('64mb')).toBe(' -            - 64mb');
    cockpit.press('j');
    expect(cockpit.line('respond')).toBe(' -        respond "back soon" 503');
    expect(cockpit.line('localhost:3111')).toBe(' +        reverse_proxy localhost:3111');
    // What has not changed stands as deep as what has.
    expect(cockpit.line('localhost:8288')).toBe('          reverse_proxy localhost:8288');
  });

  test.each(['d', 'enter'])('%s shows all of the difference, and again closes it', async (key) => {
    const cockpit = await drifted();
    cockpit.press('j', key);
    expect(cockpit.lines().join('\n')).toContain('live     panda ~/.local/caddy/Caddyfile');
    expect(rowsOf(cockpit)).toEqual([]);
    cockpit.press(key);
    expect(rowsOf(cockpit)).toHaveLength(6);
  });

  test('tells what runs that is not what lies there', async () => {
    const cockpit = await drifted();
    expect(cockpit.line('infra/caddy/Caddyfile')).toContain('reload-needed: Caddy');
    cockpit.press('j', 'd');
    const said = cockpit.lines().join(' ').replace(/\s+/g, ' ');
    expect(said).toContain('unmanaged · its text differs; reload-needed: Caddy runs with another');
  });

  test('is filtered by verdict as well as by state', async () => {
    const cockpit = await drifted();
    for (const key of ['/', ...'s:missing', 'enter']) cockpit.press(key);
    expect(rowsOf(cockpit)).toHaveLength(1);
    for (const key of ['esc', '/', ...'in-sync', 'enter']) cockpit.press(key);
    expect(rowsOf(cockpit)).toHaveLength(2);
  });

  test('tells where a file goes that goes into a folder', async () => {
    const cockpit = await drifted();
    for (const key of ['j', 'j', 'j', 'j']) cockpit.press(key);
    expect(cockpit.line(' live  ')).toContain('~/Library/LaunchAgents/com.joel.caddy.plist');
  });
});
