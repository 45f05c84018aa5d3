import { FaultError } from '../../model/errors.ts';
import type { Fault } from '../../model/fault.ts';
import { type Deadline, withDeadline } from '../deadline.ts';
import type { SshLine } from './line.ts';

const connectMs = 15_000;
const firstWaitMs = 1000;
const longestWaitMs = 5000;

type Connect = (deadline: Deadline) => Promise<SshLine>;

/** One line for each key, opened by whoever asks first and kept. */
export interface Lines {
  /** Waits with all who ask meanwhile; rejects with what went wrong for all of them. */
  open(key: string, deadline: Deadline, connect: Connect): Promise<SshLine>;
  close(): Promise<void>;
}

interface Attempt {
  readonly promise: Promise<SshLine>;
  readonly ending: AbortController;
  readonly late: Deadline['late'];
  waiting: number;
}

interface Kept {
  line: SshLine | null;
  attempt: Attempt | null;
  /** Until then a failure answers for what would be tried. */
  failed: { readonly fault: Fault; readonly untilMs: number; readonly waitMs: number } | null;
}

/**
 * After a failure, further calls are answered with it for a second, then two, four and five: a host
 * that is in trouble is not stormed by all that is asked of it. An attempt ends when nobody waits for it.
 */
export function createLines(): Lines {
  const all = new Map<string, Kept>();
  return {
    open: (key, deadline, connect) => {
      const kept = all.get(key) ?? { line: null, attempt: null, failed: null };
      all.set(key, kept);
      if (kept.line?.isOpen()) return Promise.resolve(kept.line);
      if (kept.failed && performance.now() < kept.failed.untilMs) {
        return Promise.reject(new FaultError(kept.failed.fault));
      }
      kept.attempt ??= begin(kept, connect);
      return join(kept, kept.attempt, deadline);
    },
    close: async () => {
      for (const { attempt } of all.values()) attempt?.ending.abort();
      await Promise.all([...all.values()].map(({ line }) => line?.close()));
      all.clear();
    },
  };
}

function begin(kept: Kept, connect: Connect): Attempt {
  const ending = new AbortController();
  const options = { timeoutMs: connectMs, signal: ending.signal };
  const words: Pick<Deadline, 'late'> = { late: () => unheard };
  const promise = withDeadline(options, async (deadline) => {
    words.late = (span) => deadline.late(span);
    return keepUnlessGivenUp(await connect(deadline), deadline);
  });
  const attempt: Attempt = { promise, ending, waiting: 0, late: (span) => words.late(span) };
  promise.then(
    (line) => {
      if (kept.attempt !== attempt) return;
      Object.assign(kept, { line, attempt: null, failed: null });
    },
    (error: unknown) => {
      if (kept.attempt !== attempt) return;
      kept.attempt = null;
      if (error instanceof FaultError) fail(kept, error.fault);
    },
  );
  return attempt;
}

const unheard: Fault = { code: 'timeout', side: 'target', message: 'no answer in time' };

/** A connection that came after all, when everybody had left. */
async function keepUnlessGivenUp(line: SshLine, { signal }: Deadline): Promise<SshLine> {
  if (signal.aborted) await line.close();
  return line;
}

async function join(kept: Kept, attempt: Attempt, deadline: Deadline): Promise<SshLine> {
  attempt.waiting++;
  deadline.late = (span) => attempt.late(span);
  const leave = (): void => {
    attempt.waiting--;
    if (attempt.waiting > 0 || kept.attempt !== attempt) return;
    kept.attempt = null;
    attempt.ending.abort();
    const reason: unknown = deadline.signal.reason;
    if (reason instanceof FaultError && reason.fault.code !== 'aborted') fail(kept, reason.fault);
  };
  deadline.signal.addEventListener('abort', leave, { once: true });
  try {
    return await attempt.promise;
  } finally {
    deadline.signal.removeEventListener('abort', leave);
  }
}

function fail(kept: Kept, fault: Fault): void {
  const waitMs = kept.failed ? Math.min(kept.failed.waitMs * 2, longestWaitMs) : firstWaitMs;
  kept.failed = { fault, waitMs, untilMs: performance.now() + waitMs };
}
