/** How often a cluster is asked, in milliseconds unless said otherwise. */
export interface KubeTiming {
  /** A list this young answers as it is: the checks of one round share it, and none starts a watch. */
  readonly freshMs: number;
  /** After this at the latest the server ends a watch in good order, and the next one proves the cache anew. */
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
 * A check is stale when nothing was heard for three of its intervals, and a quiet watch is proved only
 * by the next one: so they follow each other as often as they are asked, 10 s at most, over one connection.
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

/** As long as who asks waits between two questions: no longer than that may a quiet watch prove nothing. */
export function watchSecondsFor(
  paceMs: number,
  { watchSeconds, shortestWatchMs }: KubeTiming,
): number {
  const shortest = Math.ceil(shortestWatchMs / 1000) + 1;
  return Math.min(watchSeconds, Math.max(shortest, Math.round(paceMs / 1000)));
}

/** 1, 2, 4 … times the first one, and never more than the longest; none before the first. */
export function doubled(firstMs: number, times: number, longestMs: number): number {
  return times < 1 ? 0 : Math.min(longestMs, firstMs * 2 ** (times - 1));
}
