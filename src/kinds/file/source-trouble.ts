import type { FileSeen } from '../../transports/contract-files.ts';

/** Why a file of the repo cannot be held against anything; null where it can. */
export function sourceTrouble(source: string, seen: FileSeen | undefined): string | null {
  if (seen?.fault) return `its source: ${seen.fault.message}`;
  return seen?.isThere ? null : `${source} is not in the repo`;
}
