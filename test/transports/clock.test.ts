import { describe, expect, it } from 'vitest';
import { createClock } from '../../src/transports/clock.ts';

const clock = createClock();

describe('The clock', () => {
  it('sleeps as long as it is told, measured by what never jumps', async () => {
    const startedMs = clock.monotonicMs();
    await clock.sleep(30, new AbortController().signal);
    expect(clock.monotonicMs() - startedMs).toBeGreaterThanOrEqual(29);
  });

  it('wakes at once with the reason of an abort', async () => {
    const run = new AbortController();
    const reason = new Error('enough');
    const startedMs = clock.monotonicMs();
    const sleep = clock.sleep(60_000, run.signal);
    run.abort(reason);
    await expect(sleep).rejects.toBe(reason);
    await expect(clock.sleep(60_000, run.signal)).rejects.toBe(reason);
    expect(clock.monotonicMs() - startedMs).toBeLessThan(1000);
  });

  it('tells the time of the machine, and chance from 0 to less than 1', () => {
    expect(Math.abs(clock.now() - Date.now())).toBeLessThan(1000);
    const draws = Array.from({ length: 100 }, clock.random);
    expect(draws.every((draw) => draw >= 0 && draw < 1)).toBe(true);
    expect(new Set(draws).size).toBeGreaterThan(90);
  });
});
