import { expect, test } from 'vitest';
import { afterSteps } from '../../../src/commands/infra/after-steps.ts';
import type { AppliedStep } from '../../../src/commands/infra/applied-step.ts';
import type { PlannedItem } from '../../../src/model/infra.ts';
import { nextOfApplied } from '../../../src/outputs/next-of-infra.ts';

const planned = (id: string, service: string | null): PlannedItem => ({
  item: {
    ...{ id, kind: 'file', host: 'here', source: 'a', destination: '/b', service },
    ...{ verdict: 'pending', reloadNeeded: false, note: 'its text differs', action: 'write' },
  },
  ...{ change: { added: 1, removed: 0, lines: ['+a'] }, write: null, recorded: null },
  ...{ liveSha256: null, livePath: '/b', declaredMode: null },
});
const step = (id: string, state: AppliedStep['state'], what: AppliedStep['what'] = 'write') => ({
  ...{ id, what, state, note: '' },
});
const left = (...steps: readonly AppliedStep[]) =>
  afterSteps([planned('file/a', 'here/web'), planned('file/b', null)], steps).map(
    ({ item: { id, verdict, action, reloadNeeded } }) =>
      `${id} ${verdict} ${action} ${reloadNeeded}`,
  );

test('what was done before an interruption is told as it stands, and not to be done again', () => {
  const steps = [step('file/a', 'done'), step('here/web', 'done', 'service')];
  expect(left(...steps, step('file/b', 'not-run'))).toEqual([
    'file/a in-sync none false',
    'file/b pending write false',
  ]);
  const items = afterSteps([planned('file/a', 'here/web')], steps).map(({ item }) => item);
  expect(nextOfApplied(items, { outcome: 'done', isStale: false, steps }, '')).toEqual([]);
});

test('what runs with the old is marked, and what failed or was put back stays to be done', () => {
  expect(left(step('file/a', 'done'), step('here/web', 'reload-needed', 'service'))[0]).toBe(
    'file/a in-sync left true',
  );
  for (const state of ['failed', 'rolled-back', 'not-run'] as const) {
    expect(left(step('file/a', state))[0]).toBe('file/a pending write false');
  }
  expect(left(step('file/a', 'done'), step('here/web', 'failed', 'service'))[0]).toBe(
    'file/a pending write false',
  );
});
