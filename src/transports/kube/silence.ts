/** That a server has let a list run out of its time, so that none waits for it in turn. */
export interface Silence {
  heard(error: Error): void;
  /** The last one since a moment (`performance.now()`); null when there was none. */
  since(atMs: number): Error | null;
}

/** Nothing has been late yet. */
export function createSilence(): Silence {
  let last: { readonly error: Error; readonly atMs: number } | null = null;
  return {
    heard: (error) => {
      last = { error, atMs: performance.now() };
    },
    since: (atMs) => (last !== null && last.atMs >= atMs ? last.error : null),
  };
}
