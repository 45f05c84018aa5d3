import type { Watched, WatchedReader } from './store.ts';

/**
 * Resolves when every check has answered since a moment, or when the signal is aborted. Not the same
 * as an idle poller: with a silent host and quick intervals something always runs.
 */
export function wholeSample(
  store: WatchedReader,
  signal: AbortSignal,
  fromMs: number = store.getState().nowMs,
): Promise<void> {
  const isWhole = ({ network, state }: Watched): boolean =>
    network.checks.every(({ id }) => {
      const seenAt = state.health[id]?.seenAt;
      return seenAt !== undefined && Date.parse(seenAt) >= fromMs;
    });
  return new Promise((resolve) => {
    const look = (): void => {
      if (!signal.aborted && !isWhole(store.getState())) return;
      unsubscribe();
      signal.removeEventListener('abort', look);
      resolve();
    };
    const unsubscribe = store.subscribe(look);
    signal.addEventListener('abort', look);
    look();
  });
}
