import { FaultError } from '../model/errors.ts';
import type { CallOptions } from '../transports/contract.ts';
import type { FilePlace } from '../transports/contract-files.ts';
import type { LogGround } from './log-reader.ts';

/** What logrotate and newsyslog call the file of before. */
const suffixes = ['.1', '.0'] as const;

/**
 * What was still written to a file before it was moved away: the text after a place in it. Null where it
 * is found under no name that it may have now.
 */
export async function textBeforeRotation(
  {
    path,
    place,
    maxBytes,
  }: { readonly path: string; readonly place: FilePlace; readonly maxBytes: number },
  { transports, host: on }: LogGround,
  options: CallOptions,
): Promise<string | null> {
  for (const suffix of suffixes) {
    const request = { on, path: `${path}${suffix}`, after: place, maxBytes };
    const tail = await transports.tailFile(request, options).catch((error: unknown) => {
      if (error instanceof FaultError) return null;
      throw error;
    });
    if (tail && !tail.wasReplaced) return tail.text;
  }
  return null;
}
