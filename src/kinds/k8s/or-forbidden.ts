import { FaultError } from '../../model/errors.ts';
import type { KubeList } from '../../transports/contract-kube.ts';

/** A list, or why it may not be seen (403); all else that keeps it from us is thrown on. */
export interface SeenList extends KubeList {
  readonly trouble: string | null;
}

/** What may not be listed is told as such, and the rest goes on. */
export async function orForbidden(asked: Promise<KubeList>): Promise<SeenList> {
  const seen = asked.then((list) => ({ ...list, trouble: null }));
  return seen.catch((error: unknown) => {
    if (!(error instanceof FaultError) || error.fault.code !== 'forbidden') throw error;
    return { items: [], provenAtMs: Number.POSITIVE_INFINITY, trouble: error.fault.message };
  });
}
