import { beforeAll, expect, test } from 'vitest';
import { keyRows } from '../../src/tui/key-sections.ts';
import type { WatchedReader } from '../../src/watch/store.ts';
import { openLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

let store: WatchedReader;
beforeAll(() => {
  ({ store } = openLab('healthy'));
});

test('what is listed under Anywhere says where it does not act', () => {
  const words = Object.fromEntries(keyRows('any').map((row) => [row.keys[0], row.words]));
  expect(words['!']).toBe('problems only (not in logs)');
  expect(words['o']).toMatch(/ \(not in an audit\)$/);
  expect(words['1']).toBe('Nodes, Services, Functions, Drift (not in logs)');
  for (const key of ['/', 'e', 'tab', 'shift-tab', '-', 'esc', 'q', '?', 'y', 'p', 'ctrl-c'])
    expect(words[key]).not.toContain('(not');
});

test('with no event enter says that there is none, and is not offered', () => {
  const cockpit = openTestCockpit(store);
  cockpit.press('e');
  expect(cockpit.footer()).not.toContain('go to it');
  cockpit.press('enter');
  expect(cockpit.footer()).toContain('no change has been confirmed yet');
});
