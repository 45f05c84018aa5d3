import fc from 'fast-check';
import { expect, it } from 'vitest';
import { skewOf } from '../../../src/kinds/host/clock-skew.ts';

const second = 1000;

it.each([
  ['the same clock', 100, 100_200, 100_300, 0],
  ['ten seconds ahead', 110, 100_200, 100_300, 9],
  ['ten seconds behind', 90, 100_200, 100_300, -9],
  ['ahead by less than the answer took', 104, 100_000, 105_000, 0],
])('%s is off by at least so much', (_title, remoteSeconds, asked, answered, least) => {
  const skew = skewOf(
    remoteSeconds,
    { wallMs: asked, monotonicMs: 0 },
    { wallMs: answered, monotonicMs: answered - asked },
  );
  expect(skew?.leastSeconds).toBe(least);
});

it('cannot be told when our own clock was set meanwhile', () => {
  const asked = { wallMs: 0, monotonicMs: 0 };
  expect(skewOf(5, asked, { wallMs: 60_000, monotonicMs: 100 })).toBe(null);
});

it('is never told larger than it is, however slow the answer', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -100_000, max: 100_000 }),
      fc.nat(60_000),
      fc.nat(60_000),
      (skewMs, beforeMs, afterMs) => {
        const wallMs = 1_771_400_000_000;
        const remoteSeconds = Math.floor((wallMs + beforeMs + skewMs) / second);
        const answeredMs = beforeMs + afterMs;
        const told = skewOf(
          remoteSeconds,
          { wallMs, monotonicMs: 0 },
          { wallMs: wallMs + answeredMs, monotonicMs: answeredMs },
        );
        const seconds = (told?.leastSeconds ?? Number.NaN) * second;
        expect(Math.abs(seconds)).toBeLessThanOrEqual(Math.abs(skewMs));
      },
    ),
  );
});
