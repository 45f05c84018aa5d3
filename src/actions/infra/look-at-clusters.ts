import { lookAtManifests } from '../../kinds/k8s/objects/look-at.ts';
import { FaultError } from '../../model/errors.ts';
import type { Cluster, Inventory, ManagedFile } from '../../model/inventory.ts';
import type { CallOptions, Transports } from '../../transports/contract.ts';
import type { ItemSeen } from './plan-items.ts';

interface ClustersGround {
  readonly inventory: Inventory;
  /** The folder of the inventory; null for a simulated network. */
  readonly root: string | null;
  readonly transports: Transports;
  readonly options: CallOptions;
}

type ManifestSeen = Pick<ItemSeen, 'manifest' | 'why'>;

/** How manifests stand, by their ids; a cluster that cannot be asked hides only its own. */
export async function manifestsIn(
  ground: ClustersGround,
): Promise<ReadonlyMap<string, ManifestSeen>> {
  const { clusters, files } = ground.inventory;
  const all = await Promise.all(
    clusters.map((cluster) => {
      const own = files.filter((file) => file.kind === 'k8s' && file.cluster === cluster.name);
      return own.length === 0 ? [] : manifestsOf(cluster, own, ground);
    }),
  );
  return new Map(all.flat());
}

async function manifestsOf(
  cluster: Cluster,
  files: readonly ManagedFile[],
  { root, transports, options }: ClustersGround,
): Promise<readonly (readonly [string, ManifestSeen])[]> {
  const paths = files.map(({ source }) => (root === null ? source : `${root}/${source}`));
  const sources = await transports.lookAtFiles(null, paths, options);
  const wanted = files.map(({ id, source }, index) => ({ id, source, seen: sources[index] }));
  try {
    const found = await lookAtManifests(wanted, { cluster, transports, options });
    return files.map(({ id }, index) => {
      const manifest = found[index];
      if (!manifest) return [id, { why: '' }];
      const inCluster = { ...manifest, cluster: cluster.name, whyNotWritten: unpinned(cluster) };
      return [id, { why: '', manifest: inCluster }];
    });
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { message } = error.fault;
    return files.map(({ id }) => [id, { why: message }]);
  }
}

/** What is written goes to the cluster that is meant, and to no other. */
function unpinned({ name, uid }: Cluster): string | null {
  if (uid !== null) return null;
  const how = "kubectl get namespace kube-system -o jsonpath='{.metadata.uid}'";
  return `nothing is written to a cluster that is not pinned: give ${name} its uid in clusters[] (${how})`;
}
