import type { BoundCheck, Previous } from '../../src/kinds/contract.ts';
import { explain } from '../../src/model/explain.ts';
import type { NetworkState } from '../../src/model/health.ts';
import type { Report } from '../../src/model/report.ts';
import type { Result } from '../../src/model/result.ts';
import { createPoller, type Poller } from '../../src/watch/poller.ts';
import { createWatchedStore, type WatchedStore } from '../../src/watch/store.ts';
import { type Bench, benchOf, startMs } from '../lab/sample.ts';

export interface WatchBench extends Bench {
  readonly poller: Poller;
  readonly store: WatchedStore;
  /** How often each check was asked so far. */
  readonly asked: ReadonlyMap<string, number>;
  /** What each check has answered last, and when. */
  readonly answered: ReadonlyMap<string, Answered>;
  report(): Report;
  /** Goes on until everything that is due has answered. */
  settle(): Promise<void>;
}

export interface Answered {
  readonly atMs: number;
  readonly result: Result;
  /** What it went on from. */
  readonly previous: Previous | null;
}

/** A poller over a lab's scenario under its virtual clock, not yet started. */
export function watchBench(scenario: string, lastKnown: NetworkState | null = null): WatchBench {
  const bench = benchOf(scenario);
  const asked = new Map<string, number>();
  const answered = new Map<string, Answered>();
  const counted = (bound: BoundCheck): BoundCheck => ({
    ...bound,
    run: async (context) => {
      asked.set(bound.id, (asked.get(bound.id) ?? 0) + 1);
      const result = await bound.run(context);
      answered.set(bound.id, { atMs: bench.clock.now(), result, previous: context.previous });
      return result;
    },
  });
  const network = { ...bench.network, checks: bench.network.checks.map(counted) };
  const store = createWatchedStore(network, { nowMs: startMs, lastKnown });
  const poller = createPoller({ network, transports: bench.lab.transports, store });
  return {
    ...bench,
    poller,
    store,
    asked,
    answered,
    report: () => explain(network, store.getState().state, bench.clock.now()),
    settle: () => bench.clock.until(poller.idle()),
  };
}

/** The state of one host or service in a report. */
export function stateOf(report: Report, id: string): string {
  const found = [
    ...report.nodes.map(({ name, state }) => ({ id: name, state })),
    ...report.services,
  ];
  return found.find((one) => one.id === id)?.state ?? 'missing';
}
