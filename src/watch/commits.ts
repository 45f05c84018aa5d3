import { foldRound, type Sampled } from '../model/fold-round.ts';
import type { NetworkState } from '../model/health.ts';
import type { Clock } from '../transports/contract.ts';
import type { WatchedStore } from './store.ts';

/** What commits need of the poller. */
export interface CommitOptions {
  readonly store: WatchedStore;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether more answers are on their way, so that it pays to wait for them. */
  readonly busy: () => boolean;
  /** Told of each round with what was known before it. */
  readonly onRound: (before: NetworkState, round: readonly Sampled[]) => void;
}

/** Gathers results and folds them into the store together. */
export interface Commits {
  add(sampled: Sampled): void;
  isEmpty(): boolean;
}

/** Results are folded together at most this often, so that a burst is one commit and one frame. */
const leastMs = 50;

/**
 * A commit of a large network, with all that hangs on it, may take no more than this part of the
 * time: whoever types has the rest. It waits no longer than a second for that.
 */
const share = 1 / 25;
const mostMs = 1000;

/** Builds the one writer of results into a store. */
export function createCommits(options: CommitOptions): Commits {
  const { store, clock, signal, busy, onRound } = options;
  const pending: Sampled[] = [];
  let waiting = false;
  let restMs = leastMs;

  const commit = (): void => {
    waiting = false;
    if (signal.aborted) return;
    const startMs = clock.monotonicMs();
    const round = pending.splice(0);
    const { state } = store.getState();
    store.setState({ state: foldRound(state, round), nowMs: clock.now(), restoredFrom: null });
    onRound(state, round);
    restMs = Math.min(mostMs, Math.max(leastMs, (clock.monotonicMs() - startMs) / share));
  };

  return {
    add: (sampled) => {
      pending.push(sampled);
      if (!busy()) commit();
      else if (!waiting) {
        waiting = true;
        clock.sleep(restMs, signal).then(
          () => waiting && commit(),
          () => {},
        );
      }
    },
    isEmpty: () => pending.length === 0,
  };
}
