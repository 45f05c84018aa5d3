import { expect, test } from 'vitest';
import { type Look, verifyFacts } from '../../src/actions/verify-facts.ts';

function lookAt(seen: 'on' | 'off'): Look {
  const mark = { state: 'down', note: `it is ${seen}`, pid: null, starts: null, revision: null };
  return { mark, isSo: seen === 'off', words: `down: it is ${seen}` };
}

/** Sees these one after another, a second apart, the last one for ever; `off` is what is wanted. */
async function verify(seen: readonly ('on' | 'off')[], signal = new AbortController().signal) {
  let nowMs = 0;
  let looks = 0;
  const told: number[] = [];
  const receipt = await verifyFacts(
    { before: lookAt('on').mark, samples: 2, withinMs: 5000 },
    {
      clock: {
        ...{ now: () => nowMs, monotonicMs: () => nowMs, random: () => 0 },
        sleep: async (ms) => {
          nowMs += ms;
        },
      },
      look: async () => lookAt(seen[looks++] ?? seen.at(-1) ?? 'on'),
      onLook: (_, good) => told.push(good),
      signal,
    },
  );
  return { receipt, told };
}

test('what is wanted, for as many samples in a row as make a change firm', async () => {
  const { receipt, told } = await verify(['on', 'off', 'off']);
  expect(receipt).toMatchObject({
    ...{ verified: true, stableSamples: 2, wantedSamples: 2, stableMs: 1000, minimumMs: 0 },
  });
  expect(told).toEqual([0, 1, 2]);
});

test('one that comes back in between begins the row anew', async () => {
  const { receipt } = await verify(['off', 'on', 'off', 'off']);
  expect(receipt).toMatchObject({ verified: true, stableMs: 1000 });
});

test('what is not so in time says how it is', async () => {
  expect((await verify(['off', 'on'])).receipt).toMatchObject({
    ...{ verified: false, stableSamples: 0, note: 'not so in time: down: it is on' },
  });
});

test('who is interrupted has proved nothing', async () => {
  expect((await verify(['on'], AbortSignal.abort())).receipt).toMatchObject({
    ...{ verified: false, note: 'interrupted before it was verified' },
  });
});
