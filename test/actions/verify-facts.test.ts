import { expect, test } from 'vitest';
import { unitMark } from '../../src/actions/unit-mark.ts';
import { verifyFacts } from '../../src/actions/verify-facts.ts';
import type { Fault } from '../../src/model/fault.ts';
import type { CheckReport, ServiceReport } from '../../src/model/report.ts';

type Seen = 'on' | 'off' | 'unseen' | 'suppressed';

const timeout: Fault = { code: 'timeout', side: 'prober', message: 'no answer' };

function serviceOf(seen: Seen): ServiceReport {
  const check = {
    ...{ name: 'systemd', state: seen === 'suppressed' ? 'suppressed' : 'down' },
    ...{ facts: { activeState: seen === 'on' ? 'active' : 'inactive' } },
    fault: seen === 'unseen' ? timeout : null,
  } as unknown as CheckReport;
  return {
    ...{ id: 'a/x', manager: 'systemd', state: 'down', note: `it is ${seen}` },
    checks: [check],
  } as unknown as ServiceReport;
}

/** Sees these one after another, a second apart, the last one for ever; stopped is what is wanted. */
async function verify(seen: readonly Seen[], signal = new AbortController().signal) {
  let nowMs = 0;
  let looks = 0;
  return verifyFacts(
    ({ activeState }) => activeState === 'inactive',
    { before: unitMark(serviceOf('on')), samples: 2, withinMs: 5000 },
    {
      clock: {
        ...{ now: () => nowMs, monotonicMs: () => nowMs, random: () => 0 },
        sleep: async (ms) => {
          nowMs += ms;
        },
      },
      look: async () => serviceOf(seen[looks++] ?? seen.at(-1) ?? 'on'),
      ...{ onLook: () => {}, signal },
    },
  );
}

test('what the facts must be, for as many samples in a row as are wanted', async () => {
  expect(await verify(['on', 'off', 'off'])).toMatchObject({
    ...{ verified: true, stableSamples: 2, wantedSamples: 2, stableMs: 1000, minimumMs: 0 },
  });
});

test('one that comes back in between begins the row anew', async () => {
  expect(await verify(['off', 'on', 'off', 'off'])).toMatchObject({
    ...{ verified: true, stableMs: 1000 },
  });
});

test.each(['unseen', 'suppressed'] as const)('what is %s proves nothing', async (seen) => {
  expect(await verify(['off', seen])).toMatchObject({
    ...{ verified: false, stableSamples: 0, note: `not so in time: down: it is ${seen}` },
  });
});

test('who is interrupted has proved nothing', async () => {
  expect(await verify(['on'], AbortSignal.abort())).toMatchObject({
    ...{ verified: false, note: 'interrupted before it was verified' },
  });
});
