import { BusyError, faultCodeOf } from './answer-fault.ts';
import { doubled, type KubeTiming } from './timing.ts';

/** Keeps a server that is away from being asked more and more often. */
export interface BackOff {
  /** What a call is answered while it is not asked; null when it may be. */
  now(): Error | null;
  failed(error: Error): void;
  clear(): void;
  /** Another list of the same server was answered: only what is this list's own still waits. */
  serverAnswered(): void;
}

/** What a second question a moment later may well answer differently, or what costs nothing to ask. */
const neverWaits: ReadonlySet<string> = new Set([
  'aborted',
  'forbidden',
  'not-found',
  'tool-missing',
]);

/** The first failure has no wait: a connection that was reset is worth another question at once. */
export function createBackOff(timing: KubeTiming): BackOff {
  let failures = 0;
  let untilMs = 0;
  let last: Error | null = null;
  const clear = (): void => {
    failures = 0;
    last = null;
  };
  return {
    now: () => (last && performance.now() < untilMs ? last : null),
    failed: (error) => {
      const code = faultCodeOf(error);
      if (code === null || neverWaits.has(code)) return;
      failures++;
      const { backOffMs, longestBackOffMs } = timing;
      const askedMs = error instanceof BusyError ? error.retryAfterMs : 0;
      const waitMs = Math.max(askedMs, doubled(backOffMs, failures - 1, longestBackOffMs));
      untilMs = performance.now() + Math.min(waitMs, longestBackOffMs);
      last = error;
    },
    clear,
    serverAnswered: () => {
      if (!(last instanceof BusyError)) clear();
    },
  };
}
