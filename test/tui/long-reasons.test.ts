import { expect, test } from 'vitest';
import { sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit, type TestCockpit } from './open-test-cockpit.ts';

/** What stands on the screen as one text, without what frames a cell. */
const wordsOn = (cockpit: TestCockpit): string => cockpit.lines().join('').replace(/[│ ]+/g, '');

test.each([
  ['details', 'enter', 120],
  ['details', 'enter', 80],
  ['describe', 'd', 120],
])('of a changed key %s tell both fingerprints whole, at %s %i', async (_what, key, columns) => {
  const { store } = await sampledLab('clanker-key-changed', 3);
  const cockpit = openTestCockpit(store, { columns, rows: 60 });
  cockpit.press('1', key);
  const host = store.getState().state.health['clanker-001/host'];
  const message = host?.fault?.message ?? '';
  expect(message).toContain('SHA256:');
  expect(wordsOn(cockpit)).toContain(message.replaceAll(' ', ''));
});

test.each([120, 80])('details tell all of their title at %i columns', async (columns) => {
  const { store } = await sampledLab('worker-crash-loop', 3);
  const cockpit = openTestCockpit(store, { columns, rows: 30 });
  cockpit.press('enter');
  const title = 'panda/worker · launchd com.joel.system-bus-worker · :3111 · critical';
  const found = cockpit.lines().filter((line) => line.includes(title));
  expect(found).toHaveLength(1);
});
