import type { Check, Network } from '../model/check.ts';
import type { NetworkState } from '../model/health.ts';
import type { WatchedStore } from '../watch/store.ts';
import type { Context } from './context.ts';
import { saveLastKnown } from './last-known-file.ts';
import type { OpenNetwork } from './open-network.ts';

/** `onKept` is told why the state is not kept, and null when it is. */
export interface KeepContext extends Pick<Context, 'warn'> {
  onKept?(trouble: string | null): void;
}

/**
 * Whether a state says of each check what it was after this moment, or that it has run out of its time.
 * What was known before is worth more than a first glance at some of it.
 */
function isMeasured(state: NetworkState, { checks }: Network, fromMs: number): boolean {
  const isOver = Date.parse(state.at ?? '') - fromMs >= graceMs;
  const isNew = ({ id }: Check): boolean => Date.parse(state.health[id]?.seenAt ?? '') >= fromMs;
  return isOver || checks.every(isNew);
}

/** The state is written at most this often while something polls. */
const everyMs = 10_000;
/** Whatever has not answered by then is not waited for. */
const graceMs = 30_000;

/**
 * Keeps the store's state on disk while it changes. Returns what ends it: the last state is
 * written then. Trouble with the disk is told once, not every ten seconds; `onKept` hears each time.
 */
export function keepLastKnown(
  open: OpenNetwork,
  store: WatchedStore,
  { warn, onKept }: KeepContext,
): () => Promise<void> {
  const told = new Set<string>();
  const write = async (state: NetworkState): Promise<void> => {
    let trouble: string | null = null;
    await saveLastKnown(open, state, {
      warn: (line) => {
        trouble = line;
        if (!told.has(line)) warn(line);
        told.add(line);
      },
    });
    onKept?.(trouble);
  };
  const fromMs = open.transports.clock.now();
  let savedAt = 0;
  let saved = store.getState().state;
  let writing: Promise<void> = Promise.resolve();
  const save = (): void => {
    const { state } = store.getState();
    if (state === saved || !isMeasured(state, open.network, fromMs)) return;
    saved = state;
    savedAt = open.transports.clock.monotonicMs();
    writing = writing.then(() => write(state));
  };
  const unsubscribe = store.subscribe(() => {
    if (open.transports.clock.monotonicMs() - savedAt >= everyMs) save();
  });
  return async () => {
    unsubscribe();
    save();
    await writing;
  };
}
