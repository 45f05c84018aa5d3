import { foldRound, type Sampled } from '../model/fold-round.ts';
import type { NetworkState } from '../model/health.ts';
import { isQuiet } from '../model/quiet.ts';
import type { Clock } from '../transports/contract.ts';
import type { WatchedStore } from './store.ts';

/** What commits need of the poller. */
export interface CommitOptions {
  readonly store: WatchedStore;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Whether more answers are on their way, so that it pays to wait for them. */
  readonly busy: () => boolean;
  /** Told of each round with what was known before it; what was quiet is no part of it. */
  readonly onRound: (before: NetworkState, round: readonly Sampled[]) => void;
}

/** Gathers results and folds them into the store together. */
export interface Commits {
  /** What `canWait` and changes nothing but figures waits for the next commit or tick. */
  add(sampled: Sampled, canWait: boolean): void;
  isEmpty(): boolean;
  /** Whether an answer of this check waits. */
  holds(check: string): boolean;
  /** Folds whatever there is, now. */
  fold(): void;
  /** Tells the store the time, and whatever waits, when it was not told for a second. */
  tick(): void;
  /** How long until a tick does something. */
  untilTickMs(): number;
}

/** Results are folded together at most this often, so that a burst is one commit and one frame. */
const leastMs = 50;

/**
 * A commit of a large network, with all that hangs on it, may take no more than this part of the
 * time: whoever types has the rest. It waits no longer than a second for that.
 */
const share = 1 / 25;
const mostMs = 1000;

/** Ages and staleness are judged anew this often even when nothing answers. */
const tickMs = 1000;
/** A timer counts from the turn that it was set in, and comes early by what that turn took. */
const earlyMs = 20;

/** Builds the one writer of results into a store. */
export function createCommits(options: CommitOptions): Commits {
  const { store, clock, signal, busy, onRound } = options;
  const round: Sampled[] = [];
  /** By check: one that is asked anew is folded first. */
  const quiet = new Map<string, Sampled>();
  let resting = false;
  let restMs = leastMs;

  const isEmpty = (): boolean => round.length + quiet.size === 0;
  const sinceToldMs = (): number => clock.now() - store.getState().nowMs;

  const commit = (): void => {
    resting = false;
    if (signal.aborted) return;
    const startMs = clock.monotonicMs();
    const taken = round.splice(0);
    const all = [...quiet.values(), ...taken];
    quiet.clear();
    const { state } = store.getState();
    store.setState({ state: foldRound(state, all), nowMs: clock.now(), restoredFrom: null });
    onRound(state, taken);
    restMs = Math.min(mostMs, Math.max(leastMs, (clock.monotonicMs() - startMs) / share));
  };

  return {
    add: (sampled, canWait) => {
      if (canWait && isQuiet(store.getState().state, sampled)) {
        quiet.set(sampled.result.check, sampled);
        return;
      }
      round.push(sampled);
      if (!busy()) commit();
      else if (!resting) {
        resting = true;
        clock.sleep(restMs, signal).then(
          () => resting && commit(),
          () => {},
        );
      }
    },
    isEmpty,
    holds: (check) => quiet.has(check),
    fold: () => {
      if (!isEmpty()) commit();
    },
    tick: () => {
      if (Math.abs(sinceToldMs()) < tickMs - earlyMs) return;
      if (isEmpty()) store.setState({ nowMs: clock.now() });
      else commit();
    },
    untilTickMs: () => Math.min(tickMs, Math.max(0, tickMs - sinceToldMs())),
  };
}
