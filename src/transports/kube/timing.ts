/** How often a cluster is asked, in milliseconds unless said otherwise. */
export interface KubeTiming {
  /** A list this young answers as it is: the checks of one round share it, and none starts a watch. */
  readonly freshMs: number;
  /** After this the server ends a watch in good order, and the next one proves the cache anew. */
  readonly watchSeconds: number;
  /** A watch that is silent for longer than it may last hangs on a dead line. */
  readonly quietMs: number;
  /** Watches that end sooner are followed by a pause, which doubles up to `longestPauseMs`. */
  readonly shortestWatchMs: number;
  readonly longestPauseMs: number;
  /** The first wait after a second failure in a row; it doubles up to `longestBackOffMs`. */
  readonly backOffMs: number;
  readonly longestBackOffMs: number;
  /** A refused watch is asked for again after this; until then each call lists. */
  readonly unwatchableMs: number;
}

/**
 * A check is stale when nothing was heard for three of its intervals (10 s by default), and a quiet
 * watch is proved only by the next one: so they follow each other every 10 s, over one connection.
 */
export const kubeTiming: KubeTiming = {
  freshMs: 1000,
  watchSeconds: 10,
  quietMs: 20_000,
  shortestWatchMs: 1000,
  longestPauseMs: 10_000,
  backOffMs: 1000,
  longestBackOffMs: 60_000,
  unwatchableMs: 300_000,
};

/** 1, 2, 4 … times the first one, and never more than the longest; none before the first. */
export function doubled(firstMs: number, times: number, longestMs: number): number {
  return times < 1 ? 0 : Math.min(longestMs, firstMs * 2 ** (times - 1));
}
