import type { Socket } from 'node:net';
import { emptyNetworkState } from '../../model/health.ts';
import type { Poller } from '../../watch/poller.ts';
import { stateChange } from '../../watch/state-change.ts';
import type { WatchedReader } from '../../watch/store.ts';
import { lineOf } from './messages.ts';

/** Who is asked for a sample, and of what. */
export interface SampleAsked {
  readonly store: WatchedReader;
  readonly poller: Poller;
  /** Ids of checks. */
  readonly wanted: ReadonlySet<string>;
  /** Milliseconds since 1970: what was seen before is old; 0 where only the interval counts. */
  readonly sinceMs: number;
}

/**
 * Tells a client the state once none of the wanted checks is older than its interval, counted from
 * when it asked: what is older is asked now, once for all who want it.
 */
export function sampleWhenFresh(
  socket: Socket,
  { store, poller, wanted, sinceMs }: SampleAsked,
): void {
  const askedMs = Date.now();
  const old = (): readonly string[] => {
    const { network, state } = store.getState();
    return network.checks
      .filter(({ id, intervalMs }) => {
        const seenAt = state.health[id]?.seenAt;
        const seenMs = Date.parse(seenAt ?? '');
        const isFresh = askedMs - seenMs <= intervalMs && seenMs >= sinceMs;
        return wanted.has(id) && !isFresh;
      })
      .map(({ id }) => id);
  };
  const tell = (): boolean => {
    if (old().length > 0) return false;
    const { state, restoredFrom, paused } = store.getState();
    const change = stateChange(emptyNetworkState, state);
    socket.end(lineOf({ type: 'state', change, restoredFrom, paused }));
    return true;
  };
  if (tell()) return;
  const unsubscribe = store.subscribe(() => {
    if (tell()) unsubscribe();
  });
  socket.on('close', unsubscribe);
  poller.askNow(old());
}
