import { delimiter } from 'node:path';
import type { Cluster } from '../../model/inventory.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { KubeResource } from '../../transports/contract-kube.ts';
import { readKubeconfig } from '../doctor/kubeconfig.ts';
import type { FoundCluster } from './found.ts';
import { type Looked, type Looking, orNothing, readOrNull } from './look.ts';

/** An API that takes longer is left for the user to look at. */
const timeoutMs = 2000;

const workloadKinds = [
  ['statefulsets', 'statefulset'],
  ['deployments', 'deployment'],
  ['daemonsets', 'daemonset'],
] as const;

/** Namespaces that a cluster has for itself. */
const ownNamespaces = /^kube-|^local-path-storage$|^metallb-system$|^tigera-operator$|^calico-/;

/** The current context of $KUBECONFIG or ~/.kube/config, and what runs in it when its API answers. */
export function findCluster(looking: Looking): Promise<Looked<FoundCluster | null>> {
  return orNothing<FoundCluster | null>('a cluster', null, async () => {
    const files = (looking.env['KUBECONFIG'] ?? '').split(delimiter).filter(Boolean);
    for (const path of files.length === 0 ? ['~/.kube/config'] : files) {
      const text = await readOrNull(looking, path);
      if (text !== null) return ofConfig(looking, path, text);
    }
    return { found: null, notLooked: [`a cluster: no ${files.join(' or ') || '~/.kube/config'}`] };
  });
}

async function ofConfig(
  looking: Looking,
  kubeconfig: string,
  text: string,
): Promise<Looked<FoundCluster | null>> {
  const { current = null, contexts = [] } = readKubeconfig(text) ?? {};
  if (current === null || !contexts.includes(current)) {
    const names = contexts.length === 0 ? '' : `, only ${contexts.slice(0, 20).join(', ')}`;
    return { found: null, notLooked: [`a cluster: ${kubeconfig} has no current context${names}`] };
  }
  const others = contexts.filter((name) => name !== current);
  const known = { context: current, kubeconfig, others };
  const inside = await orNothing('what runs in the cluster', nothingInside, () =>
    lookInside(looking, { kubeconfig, context: current }),
  );
  return { found: { ...known, ...inside.found }, notLooked: inside.notLooked };
}

type Inside = Pick<FoundCluster, 'uid' | 'workloads'>;

const nothingInside: Inside = { uid: null, workloads: [] };

async function lookInside(
  { transports, options }: Looking,
  config: Pick<Cluster, 'kubeconfig' | 'context'>,
): Promise<Looked<Inside>> {
  const cluster = { ...config, name: 'found', host: '', namespaces: [], uid: null, dependsOn: [] };
  const list = async (resource: KubeResource): Promise<readonly JsonObject[]> => {
    const request = { cluster, resource, namespace: null };
    const { items } = await transports.kube(request, { ...options, timeoutMs });
    return items.map(({ metadata }) => (isJsonObject(metadata) ? metadata : {}));
  };
  const [namespaces, ...lists] = await Promise.all([
    list('namespaces'),
    ...workloadKinds.map(([resource]) => list(resource)),
  ]);
  const uid = namespaces.find(({ name }) => name === 'kube-system')?.['uid'];
  const workloads = lists.flatMap((items, index) =>
    items.flatMap(({ name, namespace }) => {
      if (typeof name !== 'string' || typeof namespace !== 'string') return [];
      if (ownNamespaces.test(namespace)) return [];
      return [{ namespace, kind: workloadKinds[index]?.[1] ?? '', name }];
    }),
  );
  return { found: { uid: typeof uid === 'string' ? uid : null, workloads }, notLooked: [] };
}
