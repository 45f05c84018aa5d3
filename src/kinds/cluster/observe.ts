import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { Cluster } from '../../model/inventory.ts';
import { textOf, textsOf } from '../../model/read-facts.ts';
import type { ObserveContext } from '../contract.ts';
import { textAt } from '../k8s/fields.ts';
import { askOf } from '../k8s/find-workload.ts';
import { orForbidden, type SeenList } from '../k8s/or-forbidden.ts';
import { assertPinned, clusterUid } from '../k8s/pinned-uid.ts';
import type { ClusterFacts, NamespaceFacts } from './facts.ts';
import { readNode } from './read-node.ts';

const enforced = 'pod-security.kubernetes.io/enforce';

/** Asks which cluster this is and how its nodes are; either may be forbidden and the rest works. */
export async function observe(context: ObserveContext): Promise<ClusterFacts> {
  const { cluster, previous } = context;
  if (!cluster) {
    throw new FaultError(faultOf('not-found', 'it is not in the inventory', { side: 'prober' }));
  }
  const ask = askOf(cluster, context);
  const [namespaces, nodes] = await Promise.all([
    orForbidden(ask('namespaces', null)),
    orForbidden(ask('nodes', null)),
  ]);
  const uid = clusterUid(namespaces.items);
  assertPinned(cluster, uid);
  const provenAtMs = Math.min(namespaces.provenAtMs, nodes.provenAtMs);
  const seen = nodes.items.map((node) => readNode(node, cluster.name));
  return {
    name: cluster.name,
    uid,
    knownUid: cluster.uid ?? textOf(previous?.facts['knownUid']) ?? uid,
    namespaces: namespaces.trouble === null ? namespacesOf(cluster, namespaces) : [],
    namespacesTrouble: namespaces.trouble,
    nodes: seen,
    nodesTrouble: nodes.trouble,
    knownNodes:
      nodes.trouble === null
        ? seen.map(({ name }) => name)
        : textsOf(previous?.facts['knownNodes']),
    provenAtMs: Number.isFinite(provenAtMs) ? provenAtMs : context.transports.clock.now(),
  };
}

function namespacesOf({ namespaces }: Cluster, { items }: SeenList): readonly NamespaceFacts[] {
  return namespaces.map((name) => {
    const found = items.find((one) => textAt(one, 'metadata', 'name') === name);
    const podSecurity = found ? textAt(found, 'metadata', 'labels', enforced) : null;
    return { name, exists: found !== undefined, podSecurity };
  });
}
