import { FaultError } from '../../model/errors.ts';
import type { ObserveContext } from '../contract.ts';

/** A file that cannot be read is as good as none: what it says is the second best source. */
export async function textOf(
  path: string,
  { host, transports, options }: ObserveContext,
): Promise<string | null> {
  return transports.readFile(host, path, options).then(
    (text) => text,
    (error: unknown) => {
      if (error instanceof FaultError && !options.signal.aborted) return null;
      throw error;
    },
  );
}
