import type { NodeReport } from './report.ts';

/** A host's name; of a cluster's node its key, as it may be called like a host. */
export function nodeIdOf({ kind, name, checks }: NodeReport): string {
  return kind === 'host' ? name : (checks[0]?.id ?? name);
}
