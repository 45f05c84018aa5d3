import type { Located } from './document.ts';
import type { InventoryFault } from './fault.ts';
import { checkNameOf, type Outline, serviceIdOf } from './outline.ts';

/**
 * The first circle of dependsOn: services stand for all their checks, checks for themselves, and a
 * service that a cluster runs depends on that.
 */
export function cycleFaults(
  located: Located,
  { clusters, services }: Outline,
): readonly InventoryFault[] {
  const edges = new Map<string, readonly string[]>(
    clusters.map(({ name, dependsOn }) => [clusterNode(name), dependsOn]),
  );
  for (const service of services) {
    const id = serviceIdOf(service);
    if (id === '') continue;
    const clustered = [service.manager, ...service.checks]
      .map(({ cluster }) => cluster)
      .filter((cluster) => cluster !== '');
    edges.set(id, [
      ...clustered.map(clusterNode),
      ...service.dependsOn,
      ...service.checks.flatMap((check) => check.dependsOn),
    ]);
    for (const check of service.checks) {
      edges.set(`${id}/${checkNameOf(check)}`, [...service.dependsOn, ...check.dependsOn]);
    }
  }
  const cycle = findCycle(edges);
  if (!cycle) return [];
  const first = cycle.find((node) => !isClusterNode(node)) ?? '';
  const index = services.findIndex((service) => `${first}/`.startsWith(`${serviceIdOf(service)}/`));
  const message = `depends on itself: ${cycle.join(' → ')}`;
  const key = 'dependsOn';
  return [located.faultAt(['services', index], { message, hint: 'remove one of these', key })];
}

/** No name holds a colon, so no service bears this one. */
function clusterNode(name: string): string {
  return `cluster:${name}`;
}

function isClusterNode(node: string): boolean {
  return node.startsWith('cluster:');
}

/** The first circle in a graph, first node repeated at its end; null when there is none. */
function findCycle(edges: ReadonlyMap<string, readonly string[]>): readonly string[] | null {
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const found = walk(start, { edges, done, path: [] });
    if (found) return found;
  }
  return null;
}

interface Walk {
  readonly edges: ReadonlyMap<string, readonly string[]>;
  readonly done: Set<string>;
  readonly path: string[];
}

function walk(node: string, state: Walk): readonly string[] | null {
  const at = state.path.indexOf(node);
  if (at >= 0) return [...state.path.slice(at), node];
  if (state.done.has(node)) return null;
  state.path.push(node);
  for (const next of state.edges.get(node) ?? []) {
    const found = walk(next, state);
    if (found) return found;
  }
  state.path.pop();
  state.done.add(node);
  return null;
}
