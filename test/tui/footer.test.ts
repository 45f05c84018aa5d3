import { beforeAll, describe, expect, test } from 'vitest';
import type { WatchedStore } from '../../src/watch/store.ts';
import { sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

let store: WatchedStore;
beforeAll(async () => {
  ({ store } = await sampledLab('worker-crash-loop', 3));
});

describe('the keys in the footer', () => {
  test('are those that act on the tab', () => {
    const cockpit = openTestCockpit(store);
    expect(cockpit.footer()).toMatch(
      /^ enter details {2}r restart {2}l logs {2}x actions {2}\/ fil/,
    );
    cockpit.press('1');
    expect(cockpit.footer()).toMatch(/^ enter details {2}\/ filter/);
    cockpit.press('3');
    expect(cockpit.footer()).toMatch(/^ enter details {2}l logs {2}x actions {2}\/ filter/);
    cockpit.press('4');
    expect(cockpit.footer()).toMatch(/^ d diff {2}a apply {2}x actions {2}\/ filter/);
  });

  test.each([80, 60, 40])(
    'keep the help and the way out at %i columns, also beside a zone',
    (columns) => {
      const cockpit = openTestCockpit(store, { columns, rows: 10 });
      expect(cockpit.footer()).toMatch(/^ enter details .*\? help {2}q quit/);
      cockpit.press('z', 'z', 'esc');
      cockpit.press('j');
      expect(cockpit.footer()).toMatch(/\? help .*times UTC$/);
    },
  );

  test('stay beside the zone wherever clock times stand, those of logs too', () => {
    const cockpit = openTestCockpit(store);
    expect(cockpit.footer()).not.toContain('times');
    cockpit.press('l');
    cockpit.showLogs({ ids: ['panda/worker'], rows: [], dropped: 0, trouble: null });
    expect(cockpit.footer()).toMatch(/f follow.* times UTC$/);
    cockpit.resize({ columns: 80, rows: 24 });
    expect(cockpit.footer()).toMatch(/esc back +times UTC$/);
    cockpit.press('t');
    expect(cockpit.footer()).not.toContain('UTC');
    cockpit.press('z', 'z', 'z');
    expect(cockpit.footer()).toContain('times are relative, those of logs local');
    expect(openTestCockpit(store, { clock: true }).footer()).toMatch(/times UTC$/);
  });

  test('stay beside an alarm as far as they have room', () => {
    const cockpit = openTestCockpit(store);
    store.setState({ notice: 'nothing is kept: no space is left on the disk' });
    expect(cockpit.footer()).toMatch(/^ {2}nothing is kept: .* enter details .*\? help {2}q quit$/);
    store.setState({ notice: `nothing is kept: ${'x'.repeat(200)}` });
    expect(cockpit.footer()).toMatch(/x… {2}\? help {2}q quit$/);
    store.setState({ notice: 'nothing is kept: no space is left on the disk' });
    cockpit.resize({ columns: 60, rows: 24 });
    expect(cockpit.footer()).toMatch(/^ {2}nothing is kept: no space is left on the disk/);
    store.setState({ notice: null });
  });

  test('of a question are never hidden by an alarm', () => {
    const cockpit = openTestCockpit(store);
    const title = 'restart panda/worker';
    cockpit.show({ title, phase: 'asking', may: 'act', lines: [title] });
    store.setState({ notice: 'nothing is kept' });
    expect(cockpit.footer()).toBe(' y restart  n leave');
    store.setState({ notice: null });
  });
});
