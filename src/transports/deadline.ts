import { FaultError } from '../model/errors.ts';
import { type Fault, faultOf } from '../model/fault.ts';
import type { CallOptions } from './contract.ts';
import { beginHeldUp } from './held-up.ts';

/** What a verb's work is handed: `signal` aborts it when time is up or the caller's run has ended. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** What being late means; work replaces it as it learns more. `span` is the limit: "5 s". */
  late: (span: string) => Fault;
}

/** Whoever could not listen for this part of the time has not measured: silence proves nothing. */
const mostLost = 1 / 2;

/** The silence was ours. */
const tooBusy = faultOf('aborted', 'not measured: this machine was too busy to listen', {
  hint: 'it is asked again; see what keeps the machine that joelclaw runs on busy: top',
});

/**
 * Runs work for at most `timeoutMs`. It rejects at that moment with what `late` says, or with
 * `aborted` when this process itself was held up for much of the time or as soon as the caller's
 * signal is aborted; the work releases what it holds when its signal aborts, and what becomes of it
 * afterwards is ignored.
 */
export async function withDeadline<T>(
  { timeoutMs, signal, began }: CallOptions,
  work: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  began?.();
  const controller = new AbortController();
  const deadline: Deadline = {
    signal: controller.signal,
    late: (span) => faultOf('timeout', `no answer within ${span}`),
  };
  const heldUp = beginHeldUp();
  const expire = (): void => {
    const isOurs = heldUp.lostMs() >= timeoutMs * mostLost;
    controller.abort(new FaultError(isOurs ? tooBusy : deadline.late(spanOf(timeoutMs))));
  };
  const abort = (): void => controller.abort(reasonOf(signal));
  const timer = setTimeout(expire, timeoutMs);
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await untilAborted(controller.signal, () => work(deadline));
  } finally {
    heldUp.end();
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** Starts work unless the signal is aborted, and rejects at once when it becomes so. */
export function untilAborted<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  if (signal.aborted) return Promise.reject(reasonOf(signal));
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(reasonOf(signal));
    signal.addEventListener('abort', onAbort, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** A caller may abort with any reason; a transport rejects only with a FaultError. */
export function reasonOf(signal: AbortSignal): FaultError {
  if (signal.reason instanceof FaultError) return signal.reason;
  return new FaultError(faultOf('aborted', 'not measured: the run ended first'));
}

/** A limit in words that never change from one sample to the next: "5 s", "1.5 s", "250 ms". */
export function spanOf(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`;
}
