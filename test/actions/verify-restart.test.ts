import { describe, expect, test } from 'vitest';
import { unitMark } from '../../src/actions/unit-mark.ts';
import { verifyRestart } from '../../src/actions/verify-restart.ts';
import type { Receipt } from '../../src/model/plan.ts';
import type { CheckReport, ServiceReport } from '../../src/model/report.ts';
import type { State } from '../../src/model/state.ts';

interface Seen {
  readonly state: State;
  readonly pid: number | null;
  readonly words?: string;
}

function serviceOf({ state, pid, words }: Seen): ServiceReport {
  const lastWords = words === undefined ? null : { text: words, from: 'journal' };
  const check = { name: 'systemd', state, facts: { pid, lastWords } } as unknown as CheckReport;
  return {
    ...{ id: 'a/x', manager: 'systemd', state, note: `it is ${state}` },
    checks: [check],
  } as unknown as ServiceReport;
}

/** Sees these one after another, a second apart, the last one for ever. */
function verify(seen: readonly Seen[], minimumMs = 0): Promise<Omit<Receipt, 'functions'>> {
  return verifyServices(serviceOf({ state: 'up', pid: 1 }), seen.map(serviceOf), minimumMs);
}

async function verifyServices(
  before: ServiceReport,
  seen: readonly ServiceReport[],
  minimumMs = 0,
): Promise<Omit<Receipt, 'functions'>> {
  let nowMs = 0;
  let looks = 0;
  const signal = new AbortController().signal;
  return verifyRestart(
    {
      before: unitMark(before),
      ...{ samples: 2, minimumMs, withinMs: 10_000 },
    },
    {
      clock: {
        now: () => nowMs,
        monotonicMs: () => nowMs,
        random: () => 0,
        sleep: async (ms) => {
          nowMs += ms;
        },
      },
      look: async () => (seen[looks++] ?? seen.at(-1)) as ServiceReport,
      onLook: () => {},
      signal,
    },
  );
}

test('another process that is well for as many samples as are wanted is a restart', async () => {
  const receipt = await verify([
    { state: 'down', pid: null },
    { state: 'up', pid: 2 },
  ]);
  expect(receipt).toMatchObject({
    ...{ verified: true, isNew: true, stableSamples: 2 },
    before: { pid: 1 },
    after: { pid: 2 },
  });
});

test('it must last for the minimum runtime of its unit', async () => {
  const receipt = await verify([{ state: 'up', pid: 2 }], 5000);
  expect(receipt).toMatchObject({ verified: true, stableMs: 5000, stableSamples: 6 });
});

test('the same process is no restart, however well it is', async () => {
  const receipt = await verify([{ state: 'up', pid: 1 }]);
  expect(receipt).toMatchObject({ verified: false, isNew: false });
  expect(receipt.note).toMatch(/still the one of before/);
});

test('one that comes up and dies is not waited for, and is quoted', async () => {
  const receipt = await verify(
    [
      { state: 'up', pid: 2 },
      { state: 'down', pid: null, words: 'Error: no module' },
    ],
    5000,
  );
  expect(receipt).toMatchObject({ verified: false });
  expect(receipt.note).toBe('it came up and died: down: it is down; it said: Error: no module');
});

test('one that its manager has started again meanwhile has died, well as it looks', async () => {
  const receipt = await verify(
    [
      { state: 'up', pid: 2 },
      { state: 'up', pid: 3 },
    ],
    5000,
  );
  expect(receipt.note).toMatch(/^it came up and died/);
});

test('one that does not come up is waited for as long as it may take', async () => {
  const receipt = await verify([{ state: 'down', pid: null }]);
  expect(receipt.note).toMatch(/^not well in time: down/);
});

test('a look that failed is no death, and breaks the row of good ones', async () => {
  for (const state of ['unknown', 'suppressed'] as const) {
    const receipt = await verify([
      { state: 'up', pid: 2 },
      { state, pid: null },
      { state: 'up', pid: 2 },
    ]);
    expect(receipt).toMatchObject({ verified: true, stableSamples: 2, stableMs: 1000 });
  }
});

test('what nobody can look at is not verified', async () => {
  for (const state of ['unknown', 'suppressed'] as const) {
    const receipt = await verify([{ state, pid: 2 }]);
    expect(receipt).toMatchObject({ verified: false, stableSamples: 0 });
    expect(receipt.note).toBe(`not well in time: ${state}: it is ${state}`);
  }
});

test('a unit in its loop of before is well when it runs on', async () => {
  expect(await verify([{ state: 'degraded', pid: 2 }])).toMatchObject({ verified: true });
});

describe('a workload', () => {
  interface Pod {
    readonly name: string;
    readonly stage: string;
  }
  const workload = (pods: readonly Pod[], more: object = {}): ServiceReport => {
    const counted = Object.fromEntries(
      ['ready', 'coming', 'broken', 'leaving', 'finished', 'strange'].map((one) => [
        one,
        pods.filter(({ stage }) => stage === one).length,
      ]),
    );
    const facts = {
      ...{ wanted: 1, updatedReplicas: 1, rollingTo: null, isBehind: false, stages: counted },
      ...{ pods: pods.map((pod) => ({ ...pod, startedAt: '2026-02-18T09:00:00Z' })), ...more },
    };
    const check = { name: 'k8s', kind: 'k8s', state: 'up', facts } as unknown as CheckReport;
    const service = { id: 'a/x', manager: 'k8s', state: 'up', note: 'it is up', checks: [check] };
    return service as unknown as ServiceReport;
  };
  const old = { name: 'web-old', stage: 'ready' };
  const fresh = { name: 'web-new', stage: 'ready' };

  test('is rolled out when its last old pod has gone, which is no death', async () => {
    const receipt = await verifyServices(workload([old]), [
      workload([fresh, { ...old, stage: 'leaving' }]),
      workload([fresh]),
      workload([fresh, { name: 'web-job', stage: 'finished' }]),
    ]);
    expect(receipt).toMatchObject({ verified: true, stableSamples: 2 });
    expect(receipt.after.revision).toBe('web-new@2026-02-18T09:00:00Z');
  });

  test.each([
    ['too few are ready', workload([fresh], { wanted: 2, updatedReplicas: 2 })],
    ['a pod is on its way', workload([fresh, { name: 'web-2', stage: 'coming' }])],
    ['not all are of the new template', workload([fresh], { updatedReplicas: 0 })],
    ['its controller has not looked yet', workload([fresh], { isBehind: true })],
    ['a rollout goes on', workload([fresh], { rollingTo: 'web-7' })],
  ])('is not rolled out while %s', async (_, seen) => {
    expect(await verifyServices(workload([old]), [seen])).toMatchObject({
      ...{ verified: false, stableSamples: 0 },
    });
  });
});
