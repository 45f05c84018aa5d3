import type { WatchedStore } from '../watch/store.ts';
import type { Context } from './context.ts';
import { saveLastKnown } from './last-known-file.ts';
import type { OpenNetwork } from './open-network.ts';

/** The state is written at most this often while something polls. */
const everyMs = 10_000;

/**
 * Keeps the store's state on disk while it changes. Returns what ends it: the last state is
 * written then. Trouble with the disk is told once, not every ten seconds.
 */
export function keepLastKnown(
  open: OpenNetwork,
  store: WatchedStore,
  { warn }: Pick<Context, 'warn'>,
): () => Promise<void> {
  const told = new Set<string>();
  const warnOnce = (line: string): void => {
    if (!told.has(line)) warn(line);
    told.add(line);
  };
  let savedAt = 0;
  let saved = store.getState().state;
  let writing: Promise<void> = Promise.resolve();
  const save = (): void => {
    const { state } = store.getState();
    if (state === saved) return;
    saved = state;
    savedAt = open.transports.clock.monotonicMs();
    writing = writing.then(() => saveLastKnown(open, state, { warn: warnOnce }));
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
