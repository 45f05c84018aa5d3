import { expect, test } from 'vitest';
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
async function verify(seen: readonly Seen[], minimumMs = 0): Promise<Omit<Receipt, 'functions'>> {
  let nowMs = 0;
  let looks = 0;
  const signal = new AbortController().signal;
  return verifyRestart(
    {
      before: unitMark(serviceOf({ state: 'up', pid: 1 })),
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
      look: async () => serviceOf((seen[looks++] ?? seen.at(-1)) as Seen),
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
