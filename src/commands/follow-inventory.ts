import { unwatchFile, watchFile } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { NetworkState } from '../model/health.ts';
import { checkOfKey } from '../model/part-key.ts';
import type { WatchedStore } from '../watch/store.ts';
import { afterBreak } from '../watch/wake.ts';
import type { Context } from './context.ts';
import { createNotices } from './notices.ts';
import { type SharedWatch, watchTogether } from './one-state/watch-together.ts';
import { type OpenNetwork, openNetwork } from './open-network.ts';
import { inventoryFile } from './root.ts';
import { watchFolder } from './watch-folder.ts';

/** Looked at by `stat` too, which sees through links and into folders that cannot be watched. */
const everyMs = 5000;
/** An editor writes, renames and sets modes: all of that is one change. */
const settledMs = 300;

/** A watch of whatever network the inventory is now. */
export interface FollowedWatch extends Omit<SharedWatch, 'begun'> {
  /** Of the first network. */
  readonly begun: Promise<void>;
  current(): OpenNetwork;
  /** Leaves the network to others while this process is stopped; what it resolves to takes it up again. */
  letGo(): Promise<() => void>;
}

interface FollowContext extends Context {
  /** Told what stands in the way, besides the screen. */
  log(line: string, about: 'inventory' | 'state'): void;
  onTaken(taken: OpenNetwork): Promise<void>;
}

/**
 * A watch that takes up the inventory, and the `.env` beside it, when they change. A faulty one
 * changes nothing: its first fault is told in the store as long as it stands. `onTaken` is waited for
 * before the old network is closed. `stop` closes the transports too.
 */
export function followInventory(
  open: OpenNetwork,
  store: WatchedStore,
  { onTaken, log, ...outer }: FollowContext,
): FollowedWatch {
  const notice = createNotices(store, log);
  const context = { ...outer, onKept: (trouble: string | null) => notice('state', trouble) };
  let current = open;
  let watch = watchTogether(open, store, context);
  const stop = async (): Promise<void> => {
    await watch.stop();
    await current.transports.close();
  };
  const reload = async (): Promise<void> => {
    const next = await reopened(context);
    notice('inventory', typeof next === 'string' ? next : null);
    if (typeof next === 'string') return;
    if (next.identity === current.identity) return next.transports.close();
    await onTaken(next);
    await stop();
    store.setState(({ state }) => ({ network: next.network, state: stateFor(next, state) }));
    current = next;
    watch = watchTogether(next, store, context);
  };
  let work: Promise<void> = Promise.resolve();
  const unwatch = watchFiles(open.rootPath, () => {
    work = work.then(reload);
  });
  return {
    begun: watch.begun,
    isFollowing: () => watch.isFollowing(),
    current: () => current,
    order: (what) => watch.order(what),
    letGo: async () => {
      const { promise: goesOn, resolve: goOn } = Promise.withResolvers<void>();
      const gone = work.then(() => watch.stop());
      work = gone.then(async () => {
        await goesOn;
        const { clock } = current.transports;
        store.setState(({ state }) => ({ state: afterBreak(state, clock.now()) }));
        watch = watchTogether(current, store, context);
      });
      await gone;
      return goOn;
    },
    stop: async () => {
      unwatch();
      await work;
      await stop();
    },
  };
}

/** The network as it is written now, or why it cannot be taken up: never a rejection. */
async function reopened(context: Context): Promise<OpenNetwork | string> {
  try {
    return await openNetwork(context);
  } catch (error) {
    const [first = '', ...more] = (error instanceof Error ? error.message : String(error)).split(
      '\n',
    );
    const others = more.length === 0 ? '' : ` (and ${more.length} more)`;
    const isOurs = !(error instanceof UserError);
    if (isOurs) context.warn(error instanceof Error ? (error.stack ?? first) : first);
    return `the old inventory goes on: ${first}${others}`;
  }
}

/** What is known of checks that are no more is forgotten. */
function stateFor({ network }: OpenNetwork, state: NetworkState): NetworkState {
  const known = new Set(network.checks.map(({ id }) => id));
  const kept = Object.entries(state.health).filter(([key]) => known.has(checkOfKey(key)));
  return { ...state, health: Object.fromEntries(kept) };
}

/** Returns what ends it; a lab has no files. */
function watchFiles(rootPath: string | null, onChange: () => void): () => void {
  if (rootPath === null) return () => {};
  const names = [inventoryFile, '.env'];
  const paths = names.map((name) => join(rootPath, name));
  let timer: NodeJS.Timeout | undefined;
  const soon = (name: string | null): void => {
    if (name !== null && !names.includes(name)) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, settledMs).unref();
  };
  const watchers = watchFolder(rootPath, soon);
  for (const path of paths) watchFile(path, { interval: everyMs }, onChange);
  return () => {
    clearTimeout(timer);
    for (const one of watchers) one.close();
    for (const path of paths) unwatchFile(path, onChange);
  };
}
