import { explain } from '../model/explain.ts';
import type { Report } from '../model/report.ts';
import type { WatchedReader } from '../watch/store.ts';

/** What a store holds by now, explained. */
export function reportOf(store: Pick<WatchedReader, 'getState'>): Report {
  const { network, state, nowMs } = store.getState();
  return explain(network, state, nowMs);
}
