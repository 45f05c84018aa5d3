import type { FunctionsReport, NodeReport, ServiceReport, Summary } from './report.ts';
import { type State, statesWorstFirst } from './state.ts';

/**
 * Counts hosts and services by state (a cluster's node counts by what it does to its host) and judges
 * the whole: `down` when a host or a critical service
 * is down, `degraded` when anything is down or degraded (functions count here), `unknown` when
 * anything counted is unknown, else `up`.
 */
export function summarize(
  nodes: readonly NodeReport[],
  services: readonly ServiceReport[],
  functions: Pick<FunctionsReport, 'state'>,
): Summary {
  const hosts = nodes.filter(({ kind }) => kind !== 'k8s');
  const counted = [...hosts, ...services];
  const counts = Object.fromEntries(statesWorstFirst.map((state) => [state, 0])) as Record<
    State,
    number
  >;
  for (const { state } of counted) counts[state]++;
  const { up, degraded, down, unknown, suppressed, idle } = counts;
  const state = overall(hosts, services, { counts, functions: functions.state });
  return { state, up, degraded, down, unknown, suppressed, idle, 'n/a': counts['n/a'] };
}

function overall(
  nodes: readonly NodeReport[],
  services: readonly ServiceReport[],
  more: { readonly counts: Readonly<Record<State, number>>; readonly functions: State },
): State {
  const { counts } = more;
  const hostDown = nodes.some(({ state }) => state === 'down');
  if (hostDown || services.some(({ critical, state }) => critical && state === 'down'))
    return 'down';
  const functionsBad = more.functions === 'degraded' || more.functions === 'down';
  if (counts.down > 0 || counts.degraded > 0 || functionsBad) return 'degraded';
  return counts.unknown > 0 ? 'unknown' : 'up';
}
