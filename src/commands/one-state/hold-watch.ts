import type { Poller } from '../../watch/poller.ts';
import type { WatchedStore } from '../../watch/store.ts';
import { type KeepContext, keepLastKnown } from '../keep-last-known.ts';
import type { Lock } from '../lock.ts';
import type { OpenNetwork } from '../open-network.ts';
import { serveState } from './serve-state.ts';
import { cockpitSocket } from './talk-to-cockpit.ts';

/** A running poller and the lock that makes it the one of its network. */
export interface Held {
  readonly open: OpenNetwork;
  readonly store: WatchedStore;
  readonly poller: Poller;
  readonly lock: Lock;
}

/**
 * Keeps the poller's state on disk and serves it to others. Returns what ends it: the followers are
 * let go first, then the poller, and the lock last, when all is written.
 */
export async function holdWatch(
  { open, store, poller, lock }: Held,
  context: KeepContext,
): Promise<() => Promise<void>> {
  const stopKeeping = keepLastKnown(open, store, context);
  const path = cockpitSocket(open.stateFolder);
  const stopServing = await serveState({ path, identity: open.identity, store, poller }).catch(
    (error: NodeJS.ErrnoException) => {
      context.warn(`other commands cannot be answered from here (${error.code}): ${path}`);
      return async () => {};
    },
  );
  return async () => {
    await stopServing();
    await poller.stop();
    await stopKeeping();
    lock.release();
  };
}
