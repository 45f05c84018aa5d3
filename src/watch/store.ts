import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Network } from '../model/check.ts';
import { emptyNetworkState, type NetworkState } from '../model/health.ts';

/** What a reader of a running watch sees. One commit a tick, however many checks answered. */
export interface Watched {
  readonly network: Network;
  readonly state: NetworkState;
  /** The moment that ages and staleness are judged at (milliseconds since 1970). */
  readonly nowMs: number;
  /** When the state was taken that is shown until the first results replace it; null from then on. */
  readonly restoredFrom: string | null;
  readonly paused: boolean;
  /** What stands in the way of what the user wants of the watch itself; null when nothing does. */
  readonly notice: string | null;
  /** When each host was last audited, RFC 3339, one that never was being absent; absent itself where nobody has looked. */
  readonly audited?: Readonly<Record<string, string>>;
}

/** For those who only look: the cockpit. */
export type WatchedReader = Pick<StoreApi<Watched>, 'getState' | 'subscribe'>;

/** The same with a hand on it: for the poller. */
export type WatchedStore = StoreApi<Watched>;

/** A store that starts from the last known state, or from nothing. */
export function createWatchedStore(
  network: Network,
  start: { readonly nowMs: number; readonly lastKnown: NetworkState | null },
): WatchedStore {
  const { nowMs, lastKnown } = start;
  const state = lastKnown ?? emptyNetworkState;
  return createStore(() => ({
    network,
    state,
    nowMs,
    restoredFrom: state.at,
    paused: false,
    notice: null,
  }));
}
