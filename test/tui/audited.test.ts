import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type LabStore, labStartMs, sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit, type TestCockpit } from './open-test-cockpit.ts';

let lab: LabStore;
beforeAll(async () => {
  lab = await sampledLab('healthy', 2);
});
beforeEach(() => lab.store.setState({ audited: {} }));

function daysAgo(days: number): string {
  return new Date(labStartMs - days * 86_400_000).toISOString();
}

function nodes(...keys: readonly string[]): TestCockpit {
  const cockpit = openTestCockpit(lab.store, { columns: 160 });
  cockpit.press('1', ...keys);
  return cockpit;
}

describe('when a host was audited last', () => {
  test('stands in its note once it is more than 30 days ago', () => {
    lab.store.setState({ audited: { 'clanker-001': daysAgo(41), panda: daysAgo(29) } });
    const cockpit = nodes();
    expect(cockpit.line(' clanker-001 ')).toContain('audited 41d ago');
    expect(cockpit.line(' panda ')).not.toContain('audited');
    expect(cockpit.line(' three-body ')).not.toContain('audited');
  });

  test('stands in its details and above its facts, whenever that was', () => {
    lab.store.setState({ audited: { panda: daysAgo(3) } });
    expect(nodes('/', ...'panda', 'enter', 'enter').line('audited 3d ago')).toBeDefined();
    expect(nodes('/', ...'panda', 'enter', 'd').line('audited 3d ago')).toBeDefined();
    lab.store.setState({ audited: { panda: daysAgo(300) } });
    const old = nodes('/', ...'panda', 'enter', 'enter');
    expect(old.line('audited 300d ago')).toContain('A looks again');
  });

  test('is never, which its details alone say', () => {
    const cockpit = nodes('/', ...'panda', 'enter', 'enter');
    expect(cockpit.line('never audited: A does it')).toBeDefined();
    expect(nodes().line(' clanker-001 ')).not.toContain('never');
  });

  test('is told as soon as it is known', () => {
    const cockpit = nodes('/', ...'panda', 'enter', 'enter');
    lab.store.setState({ audited: { panda: daysAgo(0) } });
    expect(cockpit.line('audited <1m ago')).toBeDefined();
  });

  test('gives way in the note to what is worse', async () => {
    const down = await sampledLab('clanker-down', 3);
    down.store.setState({ audited: { 'clanker-001': daysAgo(90) } });
    const cockpit = openTestCockpit(down.store, { columns: 160 });
    cockpit.press('1');
    expect(cockpit.line(' clanker-001 ')).not.toContain('audited');
    cockpit.press('enter');
    expect(cockpit.line('audited 90d ago')).toContain('A looks again');
  });
});
