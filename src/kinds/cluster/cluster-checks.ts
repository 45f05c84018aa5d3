import type { Parent } from '../../model/check.ts';
import type { CheckSpec, Cluster, Host, Inventory } from '../../model/inventory.ts';

interface ClusterCheck {
  readonly id: string;
  readonly declared: CheckSpec;
  /** What it stands on, as the inventory names it. */
  readonly dependsOn: readonly string[];
}

/**
 * One check for each cluster that a host runs. Its id is `panda/cluster:joelclaw`: no name holds a
 * colon, so no check of a service can bear it.
 */
export function clusterChecks({ clusters }: Inventory, host: Host): readonly ClusterCheck[] {
  return clusters
    .filter((cluster) => cluster.host === host.name)
    .map((cluster) => ({
      id: clusterCheckId(cluster),
      declared: {
        kind: 'cluster',
        name: `cluster:${cluster.name}`,
        timing: {},
        dependsOn: [],
        spec: { cluster: cluster.name },
      },
      dependsOn: cluster.dependsOn,
    }));
}

/** The check that a workload is seen through; none for one of a cluster that is not there. */
export function clusterParents(
  { clusters }: Inventory,
  { kind, spec }: CheckSpec,
): readonly Parent[] {
  const named = kind === 'k8s' ? clusters.find(({ name }) => name === spec['cluster']) : undefined;
  return named ? [{ check: clusterCheckId(named), through: true }] : [];
}

/** The id of the check that tells whether a cluster answers. */
export function clusterCheckId({ host, name }: Cluster): string {
  return `${host}/cluster:${name}`;
}
