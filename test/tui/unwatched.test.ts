import { expect, test } from 'vitest';
import { explain } from '../../src/model/explain.ts';
import { reportJson } from '../../src/outputs/report-json.ts';
import { openLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

test('SINCE is marked where nobody looked for a while, and JSON is as it was', async () => {
  const { store, sample, network } = openLab('healthy');
  for (const afterMs of [0, 10_000]) await sample(afterMs);
  await sample(300_000);
  const cockpit = openTestCockpit(store);
  expect(cockpit.line(' inngest ')).toMatch(/ up +~5m /);
  cockpit.press('enter');
  expect(cockpit.lines().join('\n')).toContain('for ~5m, watched for <1m');
  const { state, nowMs } = store.getState();
  expect(JSON.stringify(reportJson(explain(network, state, nowMs)))).not.toContain('unwatched');
});

test('SINCE has no mark while somebody looks', async () => {
  const { store, sample } = openLab('healthy');
  for (let round = 0; round < 8; round++) await sample(10_000);
  expect(openTestCockpit(store).line(' inngest ')).toMatch(/ up +1m /);
});
