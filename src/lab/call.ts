import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import type { CallOptions, Clock } from '../transports/contract.ts';
import { mulberry32, seedOf } from './mulberry32.ts';
import type { Trouble } from './site.ts';
import type { TroubledWorld } from './world.ts';

/** Makes one simulated call: resolves with its latency in milliseconds, or rejects as live would. */
export type Call = (target: string, options: CallOptions) => Promise<number>;

/** Every call takes 1 to 30 ms, from a stream of the target's own, so that order changes nothing. */
export function createCall(clock: Clock, world: TroubledWorld): Call {
  const streams = new Map<string, () => number>();
  const latencyOf = (target: string): number => {
    const stream = streams.get(target) ?? mulberry32(seedOf(target));
    streams.set(target, stream);
    return 1 + Math.floor(stream() * 30);
  };
  return async (target, options) => {
    const trouble = world.troubleOf(target);
    const latencyMs = latencyOf(target);
    await answerOrDeadline(
      clock,
      trouble === 'hang' ? Number.POSITIVE_INFINITY : latencyMs,
      options,
    );
    assertWell(trouble);
    return latencyMs;
  };
}

async function answerOrDeadline(
  clock: Clock,
  answerMs: number,
  { timeoutMs, signal }: CallOptions,
): Promise<void> {
  try {
    await clock.sleep(Math.min(answerMs, timeoutMs), signal);
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new FaultError(faultOf('aborted', 'the run ended first'), { cause: error });
  }
  if (answerMs <= timeoutMs) return;
  throw new FaultError(faultOf('timeout', `no answer within ${timeoutMs / 1000} s`));
}

function assertWell(trouble: Trouble | null): void {
  if (trouble !== null && trouble !== 'hang') throw new FaultError(trouble);
}
