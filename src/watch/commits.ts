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
const commitEveryMs = 50;

/** Builds the one writer of results into a store. */
export function createCommits(options: CommitOptions): Commits {
  const { store, clock, signal, busy, onRound } = options;
  const pending: Sampled[] = [];
  let waiting = false;

  const commit = (): void => {
    waiting = false;
    if (signal.aborted) return;
    const round = pending.splice(0);
    const { state } = store.getState();
    store.setState({ state: foldRound(state, round), nowMs: clock.now(), restoredFrom: null });
    onRound(state, round);
  };

  return {
    add: (sampled) => {
      pending.push(sampled);
      if (!busy()) commit();
      else if (!waiting) {
        waiting = true;
        clock.sleep(commitEveryMs, signal).then(
          () => waiting && commit(),
          () => {},
        );
      }
    },
    isEmpty: () => pending.length === 0,
  };
}
