import { describe, expect, it } from 'vitest';
import type { Acted, FunctionsReceipt, Plan, Receipt, StepResult } from '../../src/model/plan.ts';
import { actedText, lookText, planText, stepText } from '../../src/outputs/plan-text.ts';

const plan: Plan = {
  ...{ action: 'restart', service: 'panda/worker', host: 'panda', manager: 'launchd' },
  ...{ unit: 'com.joel.worker', risk: 'disruptive', steps: [] },
  ...{ object: null, wantsName: null, needless: null },
  commands: ['/bin/launchctl enable gui/501/a', '/bin/launchctl kickstart -k gui/501/a'],
  blastRadius: {
    runningRuns: 2,
    queuedRuns: null,
    apps: ['bus'],
    dependents: ['a/x'],
    critical: true,
  },
  warnings: ['its file differs'],
  refusals: [
    { code: 'RUNNING_WORK', message: '2 runs are in flight', hint: 'wait', canForce: true },
    { code: 'NO_MANAGER', message: 'nobody starts it', hint: 'say who', canForce: false },
  ],
};
const mark = { state: 'up', note: 'up', pid: 7, starts: 1, revision: null };
const functions: FunctionsReceipt = {
  ...{ app: 'bus', before: 14, after: 14, missing: [], asked: false, trouble: null },
};
const receipt: Receipt = {
  ...{ before: mark, after: { ...mark, pid: null, starts: 2 }, isNew: true, stableSamples: 2 },
  ...{ wantedSamples: 2, stableMs: 10_400, minimumMs: 10_000, functions: [functions] },
  ...{ verified: true, note: 'up' },
};
const step: StepResult = {
  ...{ title: 'restart', command: 'x', state: 'done', exitCode: 0, durationMs: 12 },
  ...{ said: '', hint: null, denied: false, given: null },
};
const acted: Acted = { plan, outcome: 'done', receipt, steps: [step] };

describe('a plan', () => {
  it('tells what would be run, what it reaches, and what speaks against it', () => {
    expect(planText(plan).split('\n')).toEqual([
      'restart panda/worker: launchd com.joel.worker on panda',
      '  risk      disruptive, a critical service',
      '  runs      /bin/launchctl enable gui/501/a',
      '            /bin/launchctl kickstart -k gui/501/a',
      '  in flight 2 running, unknown queued of bus',
      '  reaches   a/x',
      '  note      its file differs',
      '  against   2 runs are in flight',
      '            → wait, or --force all the same',
      '  not       nobody starts it',
      '            → say who',
      '',
    ]);
  });

  it('of what nothing stands on says so', () => {
    const blastRadius = { ...plan.blastRadius, apps: [], dependents: [], critical: false };
    const text = planText({ ...plan, blastRadius, refusals: [], warnings: [] });
    expect(text).toContain('  risk      disruptive\n');
    expect(text).toContain('  reaches   nothing that depends on it\n');
    expect(text).not.toContain('in flight');
    const unknown = { ...plan.blastRadius, runningRuns: null, queuedRuns: 3 };
    expect(planText({ ...plan, blastRadius: unknown })).toContain('unknown running, 3 queued');
  });
});

describe('a step', () => {
  it('is told as it ends, with the next step where it failed', () => {
    expect(stepText(step)).toBe('✓ restart (12 ms)');
    expect(stepText({ ...step, state: 'not-run' })).toBe('· restart (12 ms)');
    const failed: StepResult = { ...step, state: 'failed', said: 'no such unit' };
    expect(stepText(failed)).toBe('✕ restart: no such unit');
    expect(stepText({ ...failed, hint: 'look' })).toBe('✕ restart: no such unit\n  → look');
  });
});

describe('a look after the steps', () => {
  it('proves nothing yet, whatever it sees', () => {
    expect(lookText({ state: 'degraded', note: 'crash loop' }, 3)).toBe(
      '· as wanted, and looked at further: degraded: crash loop',
    );
    expect(lookText({ state: 'down', note: '' }, 0)).toBe('· not yet: down');
  });
});

describe('what is done to a part, or not at all', () => {
  const nothing = {
    ...plan,
    needless: 'it runs already',
    commands: [],
    refusals: [],
    warnings: [],
  };

  it('is told with its object', () => {
    const ofPod: Plan = { ...plan, action: 'delete-pod', object: 'redis-0', refusals: [] };
    expect(planText(ofPod)).toMatch(/^delete-pod redis-0 of panda\/worker: /);
    expect(actedText({ ...acted, plan: ofPod })).toMatch(/^panda\/worker: delete-pod redis-0 done/);
  });

  it('has no risk where there is nothing to be done, and says why', () => {
    expect(planText(nothing)).not.toContain('risk');
    expect(planText(nothing)).toContain('  nothing   is to be done: it runs already\n');
    const done: Acted = { plan: nothing, outcome: 'done', receipt: null, steps: [] };
    expect(actedText(done)).toBe('panda/worker: restart not needed\n');
  });

  it('of pods is told by them where there is no process', () => {
    const pods = { ...mark, pid: null, starts: 0, note: '', revision: 'redis-0@09:00' };
    const text = actedText({ ...acted, receipt: { ...receipt, before: pods, minimumMs: 0 } });
    expect(text).toContain('  before    up · redis-0@09:00 · 0 starts\n');
    expect(text).toContain('  stable    2 samples in a row, 2 wanted\n');
  });
});

describe('what came of it', () => {
  it('is proved by before and after', () => {
    expect(actedText(acted).split('\n')).toEqual([
      'panda/worker: restart done',
      '  before    up · pid 7 · 1 start · up',
      '  after     up · 2 starts · up',
      '  stable    2 samples in a row, 2 wanted, 10 s of 10 s',
      '  functions 14 of 14 of bus registered',
      '',
    ]);
  });

  it('that is not verified says why, and which functions are missing', () => {
    const lost = { ...functions, after: 12, missing: ['b', 'c'], asked: true, trouble: 'PUT: 500' };
    const away = { ...functions, after: null };
    const failed = { ...receipt, verified: false, note: 'it died', functions: [lost, away] };
    const text = actedText({ ...acted, outcome: 'failed', receipt: failed });
    expect(text).toContain(
      '  functions 12 of 14 of bus registered; the worker was asked to register them; PUT: 500; missing b, c\n',
    );
    expect(text).toContain('  functions unknown of 14 of bus registered\n');
    expect(text).toContain('  because   it died\n');
  });

  it('names the step that failed', () => {
    const steps = [{ ...step, state: 'failed', said: 'exit 5', hint: 'sudo x' } as const];
    expect(actedText({ plan, outcome: 'failed', receipt: null, steps })).toBe(
      'panda/worker: restart failed\n  step      restart: exit 5\n            → sudo x\n',
    );
  });

  it('that was refused says why, but nothing twice', () => {
    const refused: Acted = { plan, outcome: 'refused', receipt: null, steps: [] };
    expect(actedText(refused)).toContain('  not       nobody starts it\n            → say who\n');
    const forced = { ...plan, refusals: plan.refusals.map((one) => ({ ...one, canForce: true })) };
    expect(planText(forced)).toMatch(/→ .*, or --force all the same\n/);
    expect(planText(forced, 'F')).toMatch(/→ .*, or F all the same\n/);
    expect(actedText(refused, { told: plan.refusals })).toBe('panda/worker: restart refused\n');
  });
});
