import { nodeIdOf } from '../model/node-id.ts';
import type { Report } from '../model/report.ts';

/**
 * Hosts and services that are down for sure and for themselves, by id: an incident begins when one
 * comes to stand here. What another explains is part of that one's.
 */
export function incidentsIn({ nodes, services }: Report): ReadonlySet<string> {
  const all = [
    ...nodes.filter(({ kind }) => kind === 'host').map((node) => ({ ...node, id: nodeIdOf(node) })),
    ...services,
  ];
  return new Set(
    all
      .filter(({ state, confirmed }) => state === 'down' && confirmed === 'down')
      .map(({ id }) => id),
  );
}
