import { FaultError } from '../../model/errors.ts';
import { connectionReset } from '../../model/fault.ts';
import type { CallOptions } from '../contract.ts';
import type { KubeList } from '../contract-kube.ts';
import { reasonOf, untilAborted, withDeadline } from '../deadline.ts';
import { faultCodeOf } from './answer-fault.ts';
import { type CacheGround, type CacheRequest, type CacheState, emptyCache } from './cache-state.ts';
import { askingFailed, isWatchable, watchCache } from './cache-watch.ts';
import type { ClusterAccess } from './cluster-access.ts';
import { startListing } from './list-job.ts';
import type { Listed } from './list-objects.ts';
import type { SharedJob } from './shared-job.ts';

/** One list of one cluster. */
export type KubeCache = (options: CallOptions) => Promise<KubeList>;

/**
 * The first call lists. A later one starts a watch, and while that goes on the cache answers at once;
 * when it is over, the next call lists again. Nothing runs between calls but watches, so it is the
 * calls that find out whether a server is back.
 */
export function createCache(request: CacheRequest, ground: CacheGround): KubeCache {
  const cache = emptyCache(request, ground);
  return async (options) => {
    try {
      return await ask(cache, options);
    } catch (error) {
      throw ground.signal.aborted ? reasonOf(ground.signal) : error;
    }
  };
}

async function ask(cache: CacheState, options: CallOptions): Promise<KubeList> {
  if (cache.signal.aborted) throw reasonOf(cache.signal);
  // Reading the client's code is not the cluster's time: on a busy machine it takes seconds.
  if (!cache.access) await untilAborted(options.signal, () => import('./client.ts'));
  const startedMs = performance.now();
  cache.acceptMs = options.timeoutMs;
  keepPace(cache, startedMs);
  const access = await withDeadline(options, () => cache.connection.ready());
  if (access !== cache.access) changeAccess(cache, access);
  if (cache.stopWatch) return answerOf(cache);
  const waiting = cache.backOff.now();
  if (waiting) throw waiting;
  const { listed, timing } = cache;
  if (listed && performance.now() - listed.atMs < timing.freshMs) return answerOf(cache);
  if (listed && isWatchable(cache)) {
    watchCache(cache, access, listed.version);
    return answerOf(cache);
  }
  const leftMs = Math.max(1, options.timeoutMs - (performance.now() - startedMs));
  await joinListing(cache, access, { ...options, leftMs });
  return answerOf(cache);
}

/** The checks of one round ask within a moment of each other: that is no pace. */
function keepPace(cache: CacheState, nowMs: number): void {
  const sinceMs = nowMs - cache.askedMs;
  if (sinceMs < cache.timing.freshMs / 2) return;
  cache.askedMs = nowMs;
  cache.paceMs = sinceMs;
}

function answerOf({ held, provenAtMs }: CacheState): KubeList {
  return { items: held.items(), provenAtMs };
}

/** Another server, or the same one by other means: what is held is kept until a list replaces it. */
function changeAccess(cache: CacheState, access: ClusterAccess): void {
  if (access.fingerprint !== cache.access?.fingerprint) {
    cache.backOff.clear();
    cache.unwatchableUntilMs = 0;
  }
  cache.stopWatch?.();
  cache.stopWatch = null;
  cache.listing = null;
  cache.listed = null;
  cache.access = access;
}

async function joinListing(
  cache: CacheState,
  access: ClusterAccess,
  { leftMs, ...options }: CallOptions & { readonly leftMs: number },
): Promise<void> {
  const running = cache.listing && !cache.listing.abandoned() ? cache.listing : null;
  const listing = running ?? list(cache, access);
  try {
    await listing.join(options, leftMs);
  } catch (error) {
    // A list that nobody waits for any more is aborted, and cannot itself say that it was late.
    const late = faultCodeOf(error) === 'timeout' && listing.abandoned();
    if (late) cache.backOff.failed(error as Error);
    throw error;
  }
}

/** Whoever waits for it is answered only after the cache holds it. */
function list(cache: CacheState, access: ClusterAccess): SharedJob<void> {
  const done = (): void => {
    if (cache.listing === listing) cache.listing = null;
  };
  const listing = startListing(cache.request, access, {
    ...cache,
    take: (listed) => {
      done();
      take(cache, access, listed);
    },
    failed: (error) => {
      done();
      askingFailed(cache, access, error);
    },
  });
  cache.listing = listing;
  return listing;
}

function take(
  cache: CacheState,
  access: ClusterAccess,
  { objects, resourceVersion: version, provenAtMs }: Listed,
): void {
  if (access !== cache.access) throw new FaultError(connectionReset);
  cache.held.replace(objects);
  cache.provenAtMs = provenAtMs;
  cache.listed = { version, atMs: performance.now() };
  cache.backOff.clear();
  cache.speech.heard();
  for (const other of cache.backOffs) other.serverAnswered();
  if (cache.watchedBefore && isWatchable(cache)) watchCache(cache, access, version);
}
