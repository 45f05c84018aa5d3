import pLimit, { type LimitFunction } from 'p-limit';
import { reasonOf, untilAborted } from './deadline.ts';

/** Slots by key: `perKey` at once for each key, and `inAll` over all keys. */
export interface Limits {
  /** Waits for a slot, then works. Waiting ends at once when the signal aborts. */
  run<T>(key: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

export function createLimits(size: { readonly perKey: number; readonly inAll: number }): Limits {
  const all = pLimit(size.inAll);
  const byKey = new Map<string, LimitFunction>();
  const run: Limits['run'] = (key, signal, work) => {
    const limit = byKey.get(key) ?? pLimit(size.perKey);
    byKey.set(key, limit);
    // The key's slot first: whoever waits for the whole holds no slot that others wait for.
    const working = untilAborted(signal, () =>
      limit(() => all(() => startUnlessAborted(signal, work))),
    );
    return working.finally(() => {
      if (limit.activeCount + limit.pendingCount === 0) byKey.delete(key);
    });
  };
  return { run };
}

/** One queue for all: at most `inAll` at once. */
export function createLimit(inAll: number): Limits {
  return createLimits({ perKey: inAll, inAll });
}

/** What was aborted while it waited keeps its place in the queue, but does nothing when it is due. */
async function startUnlessAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  if (signal.aborted) throw reasonOf(signal);
  return work();
}
