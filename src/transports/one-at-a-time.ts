import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import type { CallOptions } from './contract.ts';
import { withDeadline } from './deadline.ts';

/** Work that cannot be cancelled, by key: the next call for a key joins the one that still runs. */
export interface OneAtATime<T> {
  run(key: string, options: CallOptions, work: () => Promise<T>): Promise<T>;
}

interface Running<T> {
  readonly promise: Promise<T>;
  hung: boolean;
}

/**
 * A call to the kernel about a network mount that hangs holds one of libuv's threads until the
 * mount answers, which may be never. So there is at most one for each key, and once it has missed
 * a deadline, every further call for it is refused at once.
 */
export function createOneAtATime<T>(): OneAtATime<T> {
  const running = new Map<string, Running<T>>();
  const start = (key: string, work: () => Promise<T>): Running<T> => {
    const promise = work().finally(() => running.delete(key));
    promise.catch(() => {});
    const one = { promise, hung: false };
    running.set(key, one);
    return one;
  };
  return {
    run: async (key, options, work) => {
      const one = running.get(key) ?? start(key, work);
      if (one.hung) throw new FaultError(hungFault(key));
      try {
        return await withDeadline(options, (deadline) => {
          deadline.late = (span) => ({ ...hungFault(key), message: `no answer within ${span}` });
          return one.promise;
        });
      } catch (error) {
        one.hung ||= error instanceof FaultError && error.fault.code === 'timeout';
        throw error;
      }
    },
  };
}

function hungFault(key: string): ReturnType<typeof faultOf> {
  return faultOf('timeout', `no answer yet to an earlier question about ${key}`, {
    hint: 'does it lie on a network mount that hangs?',
  });
}
