import { expect, test } from 'vitest';
import type { Acted, Plan, Refusal, StepResult } from '../../src/model/plan.ts';
import { nextOfActed } from '../../src/outputs/next-of-acted.ts';

const plan: Plan = {
  ...{ action: 'restart', service: 'panda/worker', object: null, host: 'panda' },
  ...{ manager: 'launchd', unit: 'x', risk: 'disruptive', wantsName: null, needless: null },
  ...{ steps: [], commands: [], warnings: [], refusals: [] },
  blastRadius: { runningRuns: 0, queuedRuns: 0, apps: [], dependents: [], critical: false },
};
const refusal = (code: Refusal['code'], canForce: boolean): Refusal => ({
  ...{ code, message: 'it speaks against it', hint: 'wait', canForce },
});
const next = (outcome: Acted['outcome'], ...refusals: readonly Refusal[]) =>
  nextOfActed({ plan: { ...plan, refusals }, outcome, receipt: null, steps: [] }, ' --lab=x').map(
    ({ command }) => command,
  );

test('a plan that nothing speaks against is to be done', () => {
  const yes = 'joelclaw restart panda/worker --yes --json --lab=x';
  expect(next('planned')).toEqual([yes]);
  expect(next('refused', refusal('CONFIRMATION_REQUIRED', false))).toEqual([yes]);
  expect(next('done')).toEqual([]);
});

test('before anything is overridden one looks at what speaks against it', () => {
  const force = 'joelclaw restart panda/worker --yes --force --json --lab=x';
  expect(next('refused', refusal('COOL_DOWN', true))).toEqual([
    'joelclaw logs panda/worker -n 50 --json --lab=x',
    force,
  ]);
  const both = [refusal('READ_ONLY', false), refusal('RUNNING_WORK', true)];
  expect(next('refused', ...both)).toEqual(['joelclaw functions --json --lab=x', force]);
});

test('what cannot be overridden is not proposed again', () => {
  expect(next('refused', refusal('NO_MANAGER', false), refusal('COOL_DOWN', true))).toEqual([
    'joelclaw status panda/worker --json --lab=x',
    'joelclaw logs panda/worker -n 50 --json --lab=x',
  ]);
  expect(next('refused', refusal('LOCKED', false))).toEqual([
    'joelclaw history --actions --json --lab=x',
  ]);
  expect(next('refused', refusal('NOT_OFFERED', false))).toEqual([
    'joelclaw actions panda/worker --json --lab=x',
  ]);
});

test('a step that failed tells why, and what to do', () => {
  const step: StepResult = {
    ...{ title: 'restart', command: 'x', state: 'failed', exitCode: 4, durationMs: 1 },
    ...{ said: 'Access denied', hint: 'it needs root: sudo x', denied: true, given: null },
  };
  const acted: Acted = { plan, outcome: 'failed', receipt: null, steps: [step] };
  expect(nextOfActed(acted, '')).toEqual([
    {
      command: 'joelclaw status panda/worker --json',
      description: 'restart failed: Access denied (it needs root: sudo x)',
    },
  ]);
  const ofRun: Acted = { ...acted, plan: { ...plan, manager: 'inngest' }, steps: [] };
  expect(nextOfActed(ofRun, '')).toMatchObject([
    { command: 'joelclaw functions --json', description: 'a step failed' },
  ]);
});
