import { describe, expect, it } from 'vitest';
import { createVirtualClock } from '../../src/lab/virtual-clock.ts';

const { signal } = new AbortController();

describe('the virtual clock', () => {
  it('stands still until it is told to go on', async () => {
    const clock = createVirtualClock(1_000_000);
    await clock.advance(250);
    expect([clock.now(), clock.monotonicMs()]).toEqual([1_000_250, 250]);
  });

  it('wakes sleepers in time order, and of those due together the first to come', async () => {
    const clock = createVirtualClock(0);
    const woken: string[] = [];
    const wake = (name: string, ms: number): void => {
      void clock.sleep(ms, signal).then(() => woken.push(`${name} at ${clock.now()}`));
    };
    wake('late', 30);
    wake('first of two', 20);
    wake('second of two', 20);
    wake('early', 10);
    await clock.advance(25);
    expect(woken).toEqual(['early at 10', 'first of two at 20', 'second of two at 20']);
  });

  it('lets the woken sleep again within the same advance', async () => {
    const clock = createVirtualClock(0);
    const beats: number[] = [];
    const beat = async (): Promise<void> => {
      for (;;) {
        await clock.sleep(10, signal);
        for (let turn = 0; turn < 50; turn++) await Promise.resolve();
        beats.push(clock.now());
      }
    };
    void beat();
    await clock.advance(35);
    expect(beats).toEqual([10, 20, 30]);
  });

  it("rejects a sleep with the signal's reason, and forgets the sleeper", async () => {
    const clock = createVirtualClock(0);
    const ending = new AbortController();
    const sleep = clock.sleep(10, ending.signal);
    ending.abort('enough');
    await expect(sleep).rejects.toBe('enough');
    await expect(clock.sleep(10, ending.signal)).rejects.toBe('enough');
    await clock.advance(10);
    expect(clock.now()).toBe(10);
  });

  it('goes on until a promise is settled and not further', async () => {
    const clock = createVirtualClock(0);
    const twice = clock.sleep(5, signal).then(() => clock.sleep(7, signal));
    void clock.sleep(100, signal);
    await clock.until(twice);
    expect(clock.now()).toBe(12);
  });

  it('hands on the rejection of the promise that it goes on for', async () => {
    const clock = createVirtualClock(0);
    const failing = clock.sleep(5, signal).then(() => Promise.reject(new Error('no')));
    await expect(clock.until(failing)).rejects.toThrow('no');
  });

  it('says so when nobody is left who could settle the promise', async () => {
    const clock = createVirtualClock(0);
    await expect(clock.until(new Promise(() => {}))).rejects.toThrow('nobody sleeps');
  });

  it('jumps the wall clock alone', async () => {
    const clock = createVirtualClock(0);
    let woken = false;
    void clock.sleep(10, signal).then(() => {
      woken = true;
    });
    clock.jump(3_600_000);
    await clock.advance(0);
    expect([clock.now(), clock.monotonicMs(), woken]).toEqual([3_600_000, 0, false]);
  });

  it('draws the same numbers from the same seed', () => {
    const draw = (seed: number): readonly number[] => {
      const clock = createVirtualClock(0, seed);
      return Array.from({ length: 5 }, () => clock.random());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    for (const number of draw(7)) expect(number >= 0 && number < 1).toBe(true);
  });
});
