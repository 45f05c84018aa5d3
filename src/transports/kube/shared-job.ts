import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { CallOptions } from '../contract.ts';
import { type Deadline, spanOf, untilAborted, withDeadline } from '../deadline.ts';

/** Work that several callers wait for, each with a deadline and a signal of its own. */
export interface SharedJob<T> {
  /** Its time counts from when the work has its slot; `leftMs` of it is left. */
  join(options: CallOptions, leftMs: number): Promise<T>;
  /** Nobody waits for it any more: it was aborted, and must not be joined. */
  abandoned(): boolean;
}

/** What the work is handed: `begin` says that it has its slot. */
export interface JobDeadline extends Deadline {
  begin(): void;
}

/**
 * It goes on for as long as one of its callers waits, and is aborted when the last has left. `onLate` is
 * told of each whose time runs out, before anybody's slot is free again.
 */
export function startShared<T>(
  work: (deadline: JobDeadline) => Promise<T>,
  onLate: (error: FaultError) => void,
): SharedJob<T> {
  const controller = new AbortController();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const deadline: JobDeadline = {
    signal: controller.signal,
    late: (span) => faultOf('timeout', `no answer within ${span}`),
    begin,
  };
  const done = work(deadline);
  done.catch(() => {});
  let waiting = 0;
  const join: SharedJob<T>['join'] = async (options, leftMs) => {
    waiting++;
    try {
      await untilAborted(options.signal, () => Promise.race([begun, done]));
      return await withDeadline({ ...options, timeoutMs: leftMs }, (own) => {
        // In words it is the whole limit, which never changes from one call to the next.
        own.late = () => {
          const fault = deadline.late(spanOf(options.timeoutMs));
          onLate(new FaultError(fault));
          return fault;
        };
        return done;
      });
    } finally {
      waiting--;
      if (waiting === 0) controller.abort(new FaultError(faultOf('aborted', 'nobody waits')));
    }
  };
  return { join, abandoned: () => controller.signal.aborted };
}
