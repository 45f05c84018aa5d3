import type { Clock } from '../transports/contract.ts';
import { mulberry32 } from './mulberry32.ts';

/** A clock that stands still until it is told to go on: an hour of polling takes milliseconds. */
export interface VirtualClock extends Clock {
  /** Goes on by `ms`; whoever is due wakes in time order, and may sleep again within the same call. */
  advance(ms: number): Promise<void>;
  /** Goes on from sleeper to sleeper until the promise is settled; fails when nobody is left to wake. */
  until<T>(promise: Promise<T>): Promise<T>;
  /** To who is due next; null when nobody sleeps. */
  nextInMs(): number | null;
  /** Sets the wall clock alone, as a laptop's lid or NTP does: nobody wakes. */
  jump(ms: number): void;
}

interface Sleeper {
  readonly dueMs: number;
  wake(): void;
}

/** `startMs` is milliseconds since 1970; the seed makes `random()` repeatable. */
export function createVirtualClock(startMs: number, seed = 1): VirtualClock {
  const dormitory = createDormitory();
  let elapsedMs = 0;
  let jumpedMs = 0;

  async function advance(ms: number): Promise<void> {
    const endMs = elapsedMs + ms;
    await settle();
    for (let next = dormitory.takeDue(endMs); next; next = dormitory.takeDue(endMs)) {
      elapsedMs = next.dueMs;
      next.wake();
      await settle();
    }
    elapsedMs = endMs;
  }

  return {
    now: () => startMs + elapsedMs + jumpedMs,
    monotonicMs: () => elapsedMs,
    sleep: (ms, signal) => dormitory.sleep(elapsedMs + Math.max(0, ms), signal),
    random: mulberry32(seed),
    advance,
    until: async (promise) => {
      const isSettled = watch(promise);
      await settle();
      while (!isSettled()) {
        const dueMs = dormitory.nextDueMs();
        if (dueMs === null) throw new Error(nobodyWakes);
        await advance(dueMs - elapsedMs);
      }
      return promise;
    },
    nextInMs: () => {
      const dueMs = dormitory.nextDueMs();
      return dueMs === null ? null : dueMs - elapsedMs;
    },
    jump: (ms) => {
      jumpedMs += ms;
    },
  };
}

const nobodyWakes = 'virtual clock: nobody sleeps, and the promise waits on';

interface Dormitory {
  sleep(dueMs: number, signal: AbortSignal): Promise<void>;
  takeDue(endMs: number): Sleeper | null;
  /** Null when nobody sleeps. */
  nextDueMs(): number | null;
}

/** Sleepers in the order in which they wake; of those due together the first to come is first. */
function createDormitory(): Dormitory {
  const sleepers: Sleeper[] = [];
  return {
    sleep: (dueMs, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const leave = (): void => {
          sleepers.splice(sleepers.indexOf(sleeper), 1);
          reject(signal.reason);
        };
        const wake = (): void => {
          signal.removeEventListener('abort', leave);
          resolve();
        };
        const sleeper = { dueMs, wake };
        signal.addEventListener('abort', leave, { once: true });
        sleepers.splice(sleepers.findLastIndex((other) => other.dueMs <= dueMs) + 1, 0, sleeper);
      }),
    takeDue: (endMs) => {
      const [first] = sleepers;
      if (!first || first.dueMs > endMs) return null;
      sleepers.shift();
      return first;
    },
    nextDueMs: () => sleepers[0]?.dueMs ?? null,
  };
}

function watch(promise: Promise<unknown>): () => boolean {
  let settled = false;
  const mark = (): void => {
    settled = true;
  };
  promise.then(mark, mark);
  return () => settled;
}

/** All microtasks have run before the next immediate does, however long their chain is. */
function settle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
