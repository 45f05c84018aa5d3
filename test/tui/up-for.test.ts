import { expect, test } from 'vitest';
import { faultOf } from '../../src/model/fault.ts';
import type { Health } from '../../src/model/health.ts';
import { type LabStore, sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit, type TestCockpit } from './open-test-cockpit.ts';

/** The details of the lab's worker, with something else of one of its checks. */
function details(
  lab: LabStore,
  id: string,
  change: (health: Health) => Partial<Health>,
): TestCockpit {
  const { state } = lab.store.getState();
  const health = state.health[id];
  if (!health) throw new Error(`no check ${id}`);
  const changed = { ...health, ...change(health) };
  lab.store.setState({ state: { ...state, health: { ...state.health, [id]: changed } } });
  const cockpit = openTestCockpit(lab.store, { columns: 120 });
  cockpit.press('/', ...'worker'.split(''), 'enter', 'enter');
  return cockpit;
}

test('a page that tells its start time says how long it is up, as the cockpit tells times', async () => {
  const cockpit = details(await sampledLab('healthy', 3), 'panda/worker/http', () => ({}));
  expect(cockpit.line('http://localhost:3111/')).toContain('· up for 12 h ·');
  expect(cockpit.lines().join('\n')).not.toMatch(/started at|\bstarts 0/);
  cockpit.press('z', 'z');
  expect(cockpit.line('http://localhost:3111/')).toContain('· up since 17 Feb 21:00 ·');
});

test('so does any other check whose facts hold it, to the second at first', async () => {
  const lab = await sampledLab('healthy', 3);
  const at = new Date(lab.store.getState().nowMs - 8000).toISOString();
  const cockpit = details(lab, 'panda/worker/launchd', ({ facts }) => ({
    facts: { ...facts, startedAt: at },
  }));
  expect(cockpit.lines().join('\n')).toContain('· up for 8 s');
});

test('what does not answer is not up for any time', async () => {
  const cockpit = details(await sampledLab('healthy', 3), 'panda/worker/http', () => ({
    state: 'down',
    fault: faultOf('refused', 'connection refused by localhost:3111'),
  }));
  expect(cockpit.lines().join('\n')).not.toContain('up for');
});
