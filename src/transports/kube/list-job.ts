import type { Asked } from './asked.ts';
import type { CacheGround, CacheRequest } from './cache-state.ts';
import type { ClusterAccess } from './cluster-access.ts';
import { connectionTrouble } from './connection-trouble.ts';
import { type Listed, listObjects } from './list-objects.ts';
import { resourcePath } from './resource-path.ts';
import { type JobDeadline, type SharedJob, startShared } from './shared-job.ts';

/** How long a refused certificate may be looked at again, to say since when it has expired. */
const peekMs = 2000;

interface ListGround extends Pick<CacheGround, 'sockets' | 'tls' | 'silence' | 'speech'> {
  take(listed: Listed): void;
  failed(error: Error): void;
}

/** Lists once for all who wait, and hands over the list before any of them is answered. */
export function startListing(
  request: CacheRequest,
  access: ClusterAccess,
  ground: ListGround,
): SharedJob<void> {
  return startShared(async (deadline) => {
    try {
      ground.take(await listed(request, access, { ...ground, deadline }));
    } catch (error) {
      ground.failed(error as Error);
      throw error;
    }
  }, ground.silence.heard);
}

/** What went wrong is told when the slot is free again, as that may ask the server too. */
async function listed(
  request: CacheRequest,
  access: ClusterAccess,
  { sockets, tls, silence, speech, deadline }: ListGround & { readonly deadline: JobDeadline },
): Promise<Listed> {
  const { signal } = deadline;
  let last: Asked | null = null;
  const asks = (asked: Asked): void => {
    last = asked;
  };
  const path = resourcePath(request);
  const queuedMs = performance.now();
  try {
    return await sockets.withSlot(access.target, signal, () => {
      deadline.begin();
      const silent = silence.since(queuedMs);
      if (silent) throw silent;
      return listObjects({ ...request, access, path, deadline, sockets, speech, asks });
    });
  } catch (error) {
    if (!last || signal.aborted) throw error;
    throw await connectionTrouble(error, last, { tls, signal, timeoutMs: peekMs });
  }
}
