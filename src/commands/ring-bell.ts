import { incidentsIn } from '../outputs/incidents.ts';
import type { WatchedReader } from '../watch/store.ts';
import { reportOf } from './report-of.ts';

/**
 * Rings the terminal's bell when an incident begins. What was down when the cockpit was left, or
 * when it was first looked at, is none. Returns what ends it.
 */
export function ringOnIncidents(store: WatchedReader, ring: () => void): () => void {
  const now = (): ReadonlySet<string> => incidentsIn(reportOf(store));
  let known = now();
  let isFirst = true;
  return store.subscribe(({ restoredFrom, state }) => {
    if (restoredFrom !== null || state.at === null) return;
    const incidents = now();
    const isNew = [...incidents].some((id) => !known.has(id));
    // What the first samples find was there before anybody looked.
    if (isNew && !isFirst) ring();
    known = incidents;
    isFirst = false;
  });
}
