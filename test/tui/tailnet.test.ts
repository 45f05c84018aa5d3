import { describe, expect, test } from 'vitest';
import { sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit, type TestCockpit } from './open-test-cockpit.ts';

async function nodesAt(columns: number, scenario = 'healthy', rows = 40): Promise<TestCockpit> {
  const cockpit = openTestCockpit((await sampledLab(scenario, 3)).store, { columns, rows });
  cockpit.press('1');
  return cockpit;
}

describe('the tailnet in the Nodes tab', () => {
  test.each([
    [80, false, false],
    [90, true, false],
    [120, true, false],
    [150, true, true],
  ])('at %i columns has LINK %s and KEY ENDS %s', async (columns, link, key) => {
    const head = (await nodesAt(columns)).line('STATE');
    expect([head.includes('LINK'), head.includes('KEY ENDS')]).toEqual([link, key]);
  });

  test('tells direct from relayed, and the day on which a key ends', async () => {
    const cockpit = await nodesAt(160);
    expect(cockpit.line('●  clanker-001')).toMatch(/up +direct .* 2026-06-19/);
    expect(cockpit.line('●  three-body')).toMatch(/up +via sea .* – /);
  });

  test('gives a network without peers no column', async () => {
    expect((await nodesAt(200, 'big')).line('STATE')).not.toContain('LINK');
  });

  test('shows this machine’s daemon below its figures', async () => {
    const cockpit = await nodesAt(80, 'healthy', 26);
    expect(cockpit.line('running as panda')).toMatch(/tailscale +up/);
    expect(cockpit.line('backend Running')).toContain('for <1m');
  });

  test('shows what a peer’s way and key are', async () => {
    const cockpit = await nodesAt(120);
    cockpit.press('j');
    expect(cockpit.line('tailscale')).toContain('up · online, direct');
    expect(cockpit.line('key expiry')).toContain('key expiry 2026-06-19T09:00:00Z');
  });

  test('names the peer as the first broken layer of a machine that is gone', async () => {
    const cockpit = await nodesAt(120, 'clanker-down');
    expect(cockpit.line('first broken layer')).toContain('✕ panda/tailscale#clanker-001');
    expect(cockpit.line('host  ')).toContain('suppressed');
    expect(cockpit.line('no answer within 5 s')).toContain('fault timeout');
    expect(cockpit.line('panda/tailscale#clanker-001  unknown')).toContain('✕ down');
  });
});
