import type { Network } from '../model/check.ts';
import { explain } from '../model/explain.ts';
import type { NetworkState } from '../model/health.ts';
import type { Report } from '../model/report.ts';
import type { Watched } from '../watch/store.ts';
import { type Freshness, freshnessOf } from './freshness.ts';
import type { Strips } from './strips.ts';

/** All that is known of the network, explained: made once for each commit of the store. */
export interface Known {
  readonly network: Network;
  readonly state: NetworkState;
  readonly report: Report;
  /** The moment it is judged at, in milliseconds since 1970. */
  readonly atMs: number;
  readonly restoredFrom: string | null;
  readonly paused: boolean;
  readonly notice: string | null;
  readonly freshness: Freshness;
  /** When each host was last audited, RFC 3339; null where nobody has looked for it. */
  readonly audited: Readonly<Record<string, string>> | null;
  /** The last samples of each check. */
  readonly strips: Pick<Strips, 'of'>;
}

/** What was last known is judged at the time when it was known: it is dated, not stale. */
export function knownOf(watched: Watched, strips: Known['strips']): Known {
  const { network, state, nowMs, restoredFrom, paused, notice, audited = null } = watched;
  const atMs = restoredFrom === null ? nowMs : Date.parse(restoredFrom);
  const report = explain(network, state, atMs);
  const freshness = freshnessOf({ network, state, atMs });
  return { network, state, report, atMs, restoredFrom, paused, notice, freshness, audited, strips };
}
