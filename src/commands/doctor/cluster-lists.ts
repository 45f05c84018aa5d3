import { FaultError } from '../../model/errors.ts';
import type { Cluster } from '../../model/inventory.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeResource } from '../../transports/contract-kube.ts';
import { firstSpeaker } from './first-speaker.ts';
import type { Finding, Ground } from './probe.ts';

const groups = {
  '': ['namespaces', 'nodes', 'pods', 'events'],
  apps: ['statefulsets', 'deployments', 'daemonsets', 'replicasets'],
} as const satisfies Readonly<Record<string, readonly KubeResource[]>>;

/** These lie in no namespace. */
const clusterWide: readonly KubeResource[] = ['namespaces', 'nodes'];

/** Whether all may be listed that the kinds ask a cluster for, with the rule for what may not. */
export async function listsFinding(ground: Ground, cluster: Cluster): Promise<Finding> {
  const resources = [...groups[''], ...groups.apps];
  const troubles = new Map<string, string>();
  let pods: readonly JsonObject[] = [];
  const asked = resources.flatMap((resource) =>
    namespacesFor(resource, cluster).map(async (namespace) => {
      const request = { cluster, resource, namespace };
      const list = await orForbidden(ground.transports.kube(request, ground.options));
      if (typeof list === 'string') troubles.set(resource, list);
      else if (resource === 'pods') pods = [...pods, ...list.items];
    }),
  );
  await Promise.all(asked);
  const log = await logTrouble(ground, cluster, pods);
  if (log !== null) troubles.set('pods/log', log);
  if (troubles.size === 0) return { state: 'ok', note: 'all that is asked for may be listed' };
  const note = [...troubles.values()].join('; ');
  return { state: 'warning', note, fix: rulesFor([...troubles.keys()], cluster) };
}

function namespacesFor(
  resource: KubeResource,
  { namespaces }: Cluster,
): readonly (string | null)[] {
  return clusterWide.includes(resource) || namespaces.length === 0 ? [null] : namespaces;
}

/** A log's last line, of a pod that has one. */
async function logTrouble(
  { transports, options }: Ground,
  cluster: Cluster,
  pods: readonly JsonObject[],
): Promise<string | null> {
  const speaker = firstSpeaker(pods);
  if (speaker === null) return null;
  const request = { cluster, ...speaker, previous: false, lines: 1 };
  const log = await orForbidden(transports.podLog(request, options).then((text) => ({ text })));
  return typeof log === 'string' ? log : null;
}

/** What is forbidden, in words; all else that keeps it from us is thrown on. */
function orForbidden<T extends object>(asked: Promise<T>): Promise<T | string> {
  return asked.catch((error: unknown) => {
    if (error instanceof FaultError && error.fault.code === 'forbidden') return error.fault.message;
    throw error;
  });
}

/** Each as it stands under `rules:` of a role. */
function rulesFor(forbidden: readonly string[], { namespaces }: Cluster): string {
  const isWide = namespaces.length === 0 || forbidden.some((one) => isClusterWide(one));
  const role = isWide ? 'ClusterRole' : `Role in ${namespaces.join(', ')}`;
  const rules = Object.entries(groups).flatMap(([group, ofGroup]) => {
    const resources = ofGroup.filter((one) => forbidden.includes(one));
    return resources.length === 0 ? [] : [ruleOf(group, resources, 'list, watch')];
  });
  const log = forbidden.includes('pods/log') ? [ruleOf('', ['pods/log'], 'get')] : [];
  return [...rules, ...log].map((rule) => `add to the rules of its ${role}: ${rule}`).join('\n');
}

function isClusterWide(resource: string): boolean {
  return clusterWide.some((one) => one === resource);
}

function ruleOf(group: string, resources: readonly string[], verbs: string): string {
  return `{apiGroups: ["${group}"], resources: [${resources.join(', ')}], verbs: [${verbs}]}`;
}
