import { beforeAll, expect, test } from 'vitest';
import type { WatchedReader } from '../../src/watch/store.ts';
import { sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

let store: WatchedReader;
beforeAll(async () => {
  ({ store } = await sampledLab('worker-crash-loop', 3));
});

test('a faulty regex is told beside what is typed, and when it is kept; the list stays narrowed', () => {
  const cockpit = openTestCockpit(store);
  cockpit.press('/', ...'in[');
  expect(cockpit.lines()[2]).toContain('/in[▏ not a regex: unterminated character class');
  expect(cockpit.line(' inngest ')).toContain('k8s');
  cockpit.press('enter');
  expect(cockpit.lines()[2]).toContain('/in[ not a regex: unterminated character class');
  cockpit.press('/', ...'n]');
  expect(cockpit.lines()[2]).not.toContain('regex');
});

test('so it is among the events', () => {
  const cockpit = openTestCockpit(store);
  cockpit.press('e', '/', ...'work(');
  expect(cockpit.line('─ Events')).toContain('/work(▏ not a regex: unterminated group');
  expect(cockpit.line('panda/worker/launchd')).toContain('down');
});

test('and in the logs', () => {
  const cockpit = openTestCockpit(store);
  const row = { number: 1, atMs: 0, tag: '', tagIndex: 0, text: 'worker-start: starting' };
  cockpit.press('l');
  cockpit.showLogs({ ids: ['panda/worker'], rows: [row], dropped: 0, trouble: null });
  cockpit.press('&', ...'start(');
  expect(cockpit.line('─ logs')).toContain('&start(▏ not a regex: unterminated group');
  expect(cockpit.line('worker-start')).toContain('starting');
});
