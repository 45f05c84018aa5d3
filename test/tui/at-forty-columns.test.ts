import { expect, test } from 'vitest';
import { sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

const { store } = await sampledLab('worker-crash-loop', 3);

test('no column of Nodes is one cell of what is cut', () => {
  const cockpit = openTestCockpit(store, { columns: 40, rows: 12 });
  cockpit.press('1');
  expect(cockpit.lines().slice(3, -1).join('\n')).not.toMatch(/ …$/m);
  expect(cockpit.under()).toMatch(/ degraded$/);
});

test('the scenario gives up its name before a tab does', () => {
  const options = { columns: 40, rows: 12, badge: 'LAB worker-crash-loop' };
  const cockpit = openTestCockpit(store, options);
  for (const key of ['1', '2', '3', '4']) {
    cockpit.press(key);
    const line = cockpit.lines()[1] ?? '';
    for (const number of ['1', '2', '3', '4']) expect(line).toContain(` ${number} `);
    expect(line).toContain('LAB');
    expect(line).not.toContain('…');
  }
});

test('what the last key had to say is told whole', () => {
  const cockpit = openTestCockpit(store, { columns: 40, rows: 12 });
  cockpit.press('/', ...'redis', 'enter', 'o');
  const last = cockpit.lines().slice(-3).join(' ').replaceAll(/ +/g, ' ');
  expect(last).toContain('what is selected has no page: no http check, no Inngest server');
  expect(cockpit.lines()).toHaveLength(12);
});

test('why what is selected in the palette cannot be done is told below it, whole', () => {
  const cockpit = openTestCockpit(store, { columns: 40, rows: 12 });
  cockpit.press(':', ...'cancel');
  const told = cockpit.lines().join(' ').replaceAll(/ +/g, ' ');
  expect(told).toContain('functions have runs: 3 shows them');
});
