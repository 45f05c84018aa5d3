import { foldRound, type Sampled } from '../../src/model/fold-round.ts';
import { emptyNetworkState } from '../../src/model/health.ts';
import { createClock } from '../../src/transports/clock.ts';
import { createCommits } from '../../src/watch/commits.ts';
import { createWatchedStore, type WatchedStore } from '../../src/watch/store.ts';
import { checkOf, hostOf, inventoryOf, resultOf, sampled, serviceOf } from '../model/made.ts';

/** A store over services that nobody asks: results are made, and folded as the poller folds them. */
export interface FramesNetwork {
  readonly store: WatchedStore;
  /** Folds one result of each of these services, by their number, and commits. */
  commit(services: readonly number[], latencyMs: (service: number) => number): void;
  /** Answers come one by one, so many a second, and are committed as the poller commits them. */
  answerFor(services: number, perSecond: number, signal: AbortSignal): Promise<void>;
}

const firstMs = Date.UTC(2026, 1, 18, 9);

/** So many services on one host, each with one check that is up. */
export function framesNetwork(count: number, stepMs: number): FramesNetwork {
  const ids = Array.from({ length: count }, (_, index) => `here/service-${index}`);
  const inventory = inventoryOf({
    hosts: [hostOf('here')],
    services: ids.map((id) => serviceOf(id)),
  });
  const checks = [checkOf('here/host'), ...ids.map((id) => checkOf(`${id}/http`))];
  const network = { inventory, checks };
  const store = createWatchedStore(network, { nowMs: firstMs, lastKnown: null });
  let nowMs = firstMs;
  const resultFor = (check: string, latencyMs: number): Sampled => {
    const at = new Date(nowMs).toISOString();
    return sampled(resultOf('up', { check, at, latencyMs, facts: { status: 200 } }));
  };
  const fold = (round: readonly Sampled[]): void =>
    store.setState(({ state }) => ({ state: foldRound(state, round), nowMs, restoredFrom: null }));
  store.setState({ state: emptyNetworkState });
  // Twice, so that what they are is confirmed.
  for (let round = 0; round < 2; round++) fold(checks.map(({ id }) => resultFor(id, 5)));
  return {
    store,
    commit: (services, latencyMs) => {
      nowMs += stepMs;
      const round = services.map((index) => resultFor(`${ids[index]}/http`, latencyMs(index)));
      fold([resultFor('here/host', 5), ...round]);
    },
    answerFor: async (services, perSecond, signal) => {
      const clock = createClock();
      const more = { busy: () => true, onRound: () => {} };
      const commits = createCommits({
        store,
        clock: { ...clock, now: () => nowMs },
        signal,
        ...more,
      });
      for (let next = 0; !signal.aborted; next++) {
        await clock.sleep(1000 / perSecond, signal).catch(() => {});
        nowMs += 1000 / perSecond;
        const service = ids[next % services];
        commits.add(resultFor(`${service}/http`, 1 + ((next * 7) % 900)), false);
      }
    },
  };
}
