import { lookAtManifests, type ManifestStanding } from '../../kinds/k8s/objects/look-at.ts';
import { FaultError } from '../../model/errors.ts';
import { handMade } from '../../model/file-verdict.ts';
import type { Cluster, Inventory, ManagedFile } from '../../model/inventory.ts';
import { kubectlAccess } from '../../model/kubectl-access.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { CallOptions, Transports } from '../../transports/contract.ts';
import type { ItemSeen } from './plan-items.ts';

interface ClustersGround {
  readonly inventory: Inventory;
  /** The folder of the inventory; null for a simulated network. */
  readonly root: string | null;
  readonly transports: Transports;
  readonly options: CallOptions;
}

type ManifestSeen = Pick<ItemSeen, 'objects' | 'byHand' | 'why'>;

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
    return files.map(({ id, source }, index) => {
      const objects = found[index];
      const byHand = objects ? applyCommand(source, cluster, objects) : null;
      return [id, { why: '', ...(objects ? { objects } : {}), byHand }];
    });
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { message } = error.fault;
    return files.map(({ id }) => [id, { why: message }]);
  }
}

/** What a person types, from the folder of the inventory; null where it would do nothing, or be refused. */
function applyCommand(
  source: string,
  cluster: Cluster,
  { verdict, isRefused }: ManifestStanding,
): string | null {
  if (verdict === 'in-sync' || verdict === 'unknown' || isRefused) return null;
  const force = handMade.has(verdict) ? ['--force-conflicts'] : [];
  return [
    ...['kubectl', ...kubectlAccess(cluster), 'apply', '--server-side'],
    ...['--field-manager=joelclaw', ...force, '-f', source],
  ]
    .map(shellWord)
    .join(' ');
}
