import { createWatchedStore, type WatchedStore } from '../watch/store.ts';
import { wholeSample } from '../watch/whole-sample.ts';
import type { Context } from './context.ts';
import { type FollowedWatch, followInventory } from './follow-inventory.ts';
import { loadLastKnown } from './last-known-file.ts';
import { type OpenNetwork, openNetwork } from './open-network.ts';
import { whenAborted } from './when-aborted.ts';

/** A network that is watched from now on, as its inventory becomes another too. */
export interface OpenWatch {
  readonly open: OpenNetwork;
  readonly store: WatchedStore;
  readonly watch: FollowedWatch;
  /** Ends the watch and closes what it has opened. */
  close(): Promise<void>;
}

/** Opens it; resolves when a first whole sample is in, or when the command is interrupted. */
export async function openWatch(context: Context): Promise<OpenWatch> {
  const open = await openNetwork(context);
  const { network, transports } = open;
  const lastKnown = await loadLastKnown(open, context);
  const fromMs = transports.clock.now();
  const store = createWatchedStore(network, { nowMs: fromMs, lastKnown });
  const watch = followInventory(open, store, {
    ...context,
    // What stands in the way of keeping the state has been told on its own.
    log: (line, about) => about === 'inventory' && context.warn(line),
    onTaken: async () => {},
  });
  await Promise.race([watch.begun, whenAborted(context.signal)]);
  // What another process has measured is whole however old: it says when each was seen.
  await wholeSample(store, context.signal, watch.isFollowing() ? 0 : fromMs);
  return { open, store, watch, close: watch.stop };
}
