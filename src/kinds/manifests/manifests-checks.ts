import type { Parent } from '../../model/check.ts';
import { manifestsKind } from '../../model/explain-drift.ts';
import type { CheckSpec, Host, Inventory } from '../../model/inventory.ts';
import { clusterCheckId } from '../cluster/cluster-checks.ts';

interface ManifestsCheck {
  readonly id: string;
  readonly declared: CheckSpec;
  readonly parents: readonly Parent[];
}

/** One check for the manifests of each cluster that a host runs; none where no file goes there. */
export function manifestsChecks(
  { clusters, files }: Inventory,
  host: Host,
  root: string | null,
): readonly ManifestsCheck[] {
  return clusters
    .filter((cluster) => cluster.host === host.name)
    .flatMap((cluster) => {
      const own = files.filter((file) => file.kind === 'k8s' && file.cluster === cluster.name);
      if (own.length === 0) return [];
      const name = `${manifestsKind}:${cluster.name}`;
      const wanted = own.map(({ id, source }) => ({
        ...{ id, source, sourcePath: root === null ? source : `${root}/${source}` },
      }));
      return [
        {
          id: `${host.name}/${name}`,
          declared: {
            ...{ kind: manifestsKind, name, timing: {}, dependsOn: [] },
            spec: { cluster: cluster.name, files: wanted },
          },
          parents: [{ check: clusterCheckId(cluster), through: true }],
        },
      ];
    });
}
