import { FaultError } from '../../model/errors.ts';

/** The answer, or the trouble in words; an aborted run is aborted as a whole. */
export async function orTrouble<T>(call: Promise<T>, signal: AbortSignal): Promise<T | string> {
  return call.catch((error: unknown) => {
    if (error instanceof FaultError && !signal.aborted) return error.fault.message;
    throw error;
  });
}
