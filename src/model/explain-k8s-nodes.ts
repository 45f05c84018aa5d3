import type { Network } from './check.ts';
import { explainPart } from './explain-part.ts';
import type { Health, NetworkState } from './health.ts';
import { checkOfKey } from './part-key.ts';
import { textOf, textsOf } from './read-facts.ts';
import type { CheckReport, NodeReport } from './report.ts';

/**
 * The nodes that the clusters' checks have found, cluster by cluster, each by name. A node's one
 * check is what its cluster tells of it.
 */
export function explainK8sNodes(
  { inventory, checks }: Network,
  explained: ReadonlyMap<string, CheckReport>,
  { health }: NetworkState,
): readonly NodeReport[] {
  const clusters = checks.filter(({ kind }) => kind === 'cluster');
  if (clusters.length === 0) return [];
  const keys = Map.groupBy(Object.keys(health), checkOfKey);
  return clusters.flatMap(({ id, host }) => {
    const check = explained.get(id);
    const access = inventory.hosts.find(({ name }) => name === host)?.access ?? 'local';
    return (keys.get(id) ?? []).flatMap((key) => {
      const node = health[key];
      return check && node?.part?.kind === 'k8s-node'
        ? [reportOf(node, { key, check, access, name: node.part.name })]
        : [];
    });
  });
}

interface Place {
  readonly key: string;
  readonly name: string;
  readonly check: CheckReport;
  readonly access: NodeReport['access'];
}

function reportOf(node: Health, { key, name, check, access }: Place): NodeReport {
  const { facts, since, unwatchedUntil, streak, confirmed, flapping, seenAt: at, fault } = node;
  const { state, note, because } = explainPart(check, node);
  const told = { since, unwatchedUntil, streak, because, facts };
  const own = { id: key, kind: 'k8s-node', name: 'node', state, note, latencyMs: null, at, fault };
  return {
    kind: 'k8s',
    name,
    description: describe(facts),
    access,
    state,
    note,
    confirmed: confirmed.state,
    flapping,
    link: null,
    ...told,
    checks: [{ ...own, ...told }],
  };
}

/** "joelclaw control-plane" */
function describe(facts: Health['facts']): string {
  return [textOf(facts['cluster']), ...textsOf(facts['roles'])].filter(Boolean).join(' ');
}
