import { FaultError } from '../../model/errors.ts';
import type { ObserveContext } from '../contract.ts';

/** What is only looked at besides: a tool that is missing or slow makes a unit no worse. */
export async function orNull<T>(
  wanted: Promise<T>,
  { options }: Pick<ObserveContext, 'options'>,
): Promise<T | null> {
  return wanted.catch((error: unknown) => {
    if (error instanceof FaultError && !options.signal.aborted) return null;
    throw error;
  });
}
