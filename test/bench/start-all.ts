/** Whatever must be stopped when a bench is over. */
interface Stoppable {
  stop(): Promise<void>;
}

/** Remembers what is being started. */
type Keep = <T extends Stoppable>(starting: Promise<T>) => Promise<T>;

/**
 * Starts servers. When one of them cannot start, all that have are stopped before it rejects: a
 * server that is left holds the bench's process alive for ever.
 */
export async function startAll<T extends object>(
  start: (keep: Keep) => Promise<T>,
): Promise<T & Stoppable> {
  const kept: Promise<Stoppable>[] = [];
  const keep: Keep = (starting) => {
    kept.push(starting);
    return starting;
  };
  const stop = async (): Promise<void> => {
    const settled = await Promise.allSettled(kept);
    const started = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    await Promise.all(started.map((one) => one.stop()));
  };
  try {
    return { ...(await start(keep)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
