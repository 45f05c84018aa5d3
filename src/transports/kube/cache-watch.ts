import type { CacheState } from './cache-state.ts';
import type { ClusterAccess } from './cluster-access.ts';
import { keepWatching, type WatchEnd } from './keep-watching.ts';
import { resourcePath } from './resource-path.ts';
import { watchSecondsFor } from './timing.ts';

/** Whether the server is not known to refuse it. */
export function isWatchable({ unwatchableUntilMs }: CacheState): boolean {
  return performance.now() >= unwatchableUntilMs;
}

/** Keeps the cache up to date from the version of its list on. */
export function watchCache(cache: CacheState, access: ClusterAccess, from: string): void {
  const { request, timing, tls, held } = cache;
  cache.watchedBefore = true;
  cache.stopWatch = keepWatching({
    ...request,
    access,
    path: resourcePath(request),
    from,
    timing,
    tls,
    acceptMs: () => cache.acceptMs,
    watchSeconds: () => watchSecondsFor(cache.paceMs, timing),
    proven: () => {
      cache.provenAtMs = Date.now();
      cache.speech.heard();
    },
    put: held.put,
    remove: held.remove,
    over: (end) => watchIsOver(cache, access, end),
  });
}

function watchIsOver(cache: CacheState, access: ClusterAccess, end: WatchEnd): void {
  cache.stopWatch = null;
  cache.listed = null;
  if (end === 'refused') cache.unwatchableUntilMs = performance.now() + cache.timing.unwatchableMs;
  if (end instanceof Error) askingFailed(cache, access, end);
}

/** The next questions wait, and the kubeconfig is read anew if it may have changed. */
export function askingFailed(cache: CacheState, access: ClusterAccess, error: Error): void {
  cache.backOff.failed(error);
  cache.connection.distrust(access, error);
}
