import { FaultError } from '../../model/errors.ts';
import type { Cluster } from '../../model/inventory.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import type { DoctorItem } from '../../outputs/doctor-page.ts';
import { listsFinding } from './cluster-lists.ts';
import { readKubeconfig } from './kubeconfig.ts';
import { type Finding, type Ground, itemOf, probe } from './probe.ts';

/** Whether a cluster's kubeconfig and context are there, whether its API lets us in, and whose it is. */
export async function clusterItems(
  ground: Ground,
  cluster: Cluster,
): Promise<readonly DoctorItem[]> {
  const subjectOf = (what: string, title = what) => ({
    id: `cluster/${cluster.name}/${what}`,
    title: `cluster ${cluster.name}: ${title}`,
  });
  let namespaces: readonly JsonObject[] | null = null;
  const [configured, asked] = await Promise.all([
    probe(subjectOf('context'), ground, async () => contextFinding(ground, cluster)),
    probe(subjectOf('api', 'API'), ground, async () => {
      const request = { cluster, resource: 'namespaces', namespace: null } as const;
      const list = await ground.transports.kube(request, ground.options).catch(orForbidden);
      namespaces = list?.items ?? null;
      const counted = namespaces === null ? '' : `, ${namespaces.length} namespaces`;
      return { state: 'ok', note: `answers${counted}` };
    }),
  ]);
  if (asked.state !== 'ok') return [configured, asked];
  const lists = await probe(subjectOf('lists'), ground, () => listsFinding(ground, cluster));
  const uid = namespaces && itemOf(subjectOf('uid'), uidFinding(cluster, namespaces));
  return [configured, asked, lists, ...(uid ? [uid] : [])];
}

/** It has answered: what may be listed is told of all together. */
function orForbidden(error: unknown): null {
  if (error instanceof FaultError && error.fault.code === 'forbidden') return null;
  throw error;
}

const whence = 'talosctl kubeconfig, or of k3s /etc/rancher/k3s/k3s.yaml';

function orNotThere(error: unknown): null {
  if (error instanceof FaultError && error.fault.code === 'not-found') return null;
  throw error;
}

async function contextFinding(
  { transports, options }: Ground,
  { kubeconfig, context }: Cluster,
): Promise<Finding> {
  const text = await transports.readFile(null, kubeconfig, options).catch(orNotThere);
  if (text === null) {
    const fix = `put it there, or set clusters[].kubeconfig: ${whence}`;
    return { state: 'missing', note: `${kubeconfig} does not exist`, fix };
  }
  const read = readKubeconfig(text);
  if (!read) {
    const fix = `fetch it anew: ${whence}`;
    return { state: 'missing', note: `${kubeconfig} is no kubeconfig`, fix };
  }
  const names = read.contexts.join(', ') || 'none';
  const wanted = context ?? read.current;
  if (wanted === null) {
    const fix = `set clusters[].context to one of: ${names}`;
    return { state: 'missing', note: `${kubeconfig} has no current context`, fix };
  }
  if (read.contexts.includes(wanted)) return { state: 'ok', note: `${wanted} in ${kubeconfig}` };
  const fix = `set clusters[].context to one of: ${names}`;
  return { state: 'missing', note: `${kubeconfig} has no context ${wanted}`, fix };
}

/** A cluster that is not pinned is whatever answers at that address. */
function uidFinding({ uid }: Cluster, namespaces: readonly JsonObject[]): Finding {
  const seen = namespaces
    .map(({ metadata }) => (isJsonObject(metadata) ? metadata : {}))
    .find(({ name }) => name === 'kube-system')?.['uid'];
  if (uid !== null && (seen === undefined || seen === uid))
    return { state: 'ok', note: `pinned to ${uid}` };
  if (uid !== null) {
    const fix = 'look which cluster the context leads to; set clusters[].uid if it was made anew';
    return { state: 'missing', note: `another cluster answers: ${seen}`, fix };
  }
  const fix =
    typeof seen === 'string' ? `write uid: ${seen}` : 'write uid: that of its kube-system';
  return { state: 'warning', note: 'not pinned: whatever answers there is taken for it', fix };
}
