import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { Cluster } from '../../model/inventory.ts';
import type { JsonObject } from '../../model/json.ts';
import type { KubeList, KubeResource } from '../../transports/contract-kube.ts';
import type { ObserveContext } from '../contract.ts';
import { textAt } from './fields.ts';
import { namedIn } from './look-up.ts';
import { orForbidden } from './or-forbidden.ts';
import type { WorkloadKind, WorkloadName } from './workload-name.ts';

/** Asks one list of the cluster: of a namespace, or of all. */
export type Ask = (resource: KubeResource, namespace: string | null) => Promise<KubeList>;

export function askOf(cluster: Cluster, { transports, options }: ObserveContext): Ask {
  return (resource, namespace) => transports.kube({ cluster, resource, namespace }, options);
}

const lists: Readonly<Record<WorkloadKind, KubeResource>> = {
  statefulset: 'statefulsets',
  deployment: 'deployments',
  daemonset: 'daemonsets',
};

/** Where the workload was looked for and what was found there. */
export interface Found {
  /** Null when no namespace has it. */
  readonly object: JsonObject | null;
  /** The namespace whose lists hold its pods; null for a cluster that is watched as a whole. */
  readonly listed: string | null;
  readonly namespaces: readonly string[];
  readonly provenAtMs: number;
}

/**
 * Finds a workload by its name in its own namespace, else in those of the cluster, else in all. One
 * that two of them have must say which: a fault.
 */
export async function findWorkload(
  wanted: WorkloadName,
  cluster: Cluster,
  ask: Ask,
): Promise<Found> {
  const { kind, name, namespace } = wanted;
  const namespaces = namespace === null ? cluster.namespaces : [namespace];
  // A cluster that is watched as a whole is asked for all even where the namespace is known: one watch.
  const asked = cluster.namespaces.length === 0 ? [null] : namespaces;
  const answers = await Promise.all(
    asked.map(async (listed) => ({ listed, list: await orForbidden(ask(lists[kind], listed)) })),
  );
  const found = answers.flatMap(({ listed, list }) =>
    namedIn(list.items, name)
      .filter((one) => namespace === null || namespaceOf(one) === namespace)
      .map((object) => ({ object, listed })),
  );
  if (found.length > 1) throw new FaultError(ambiguous(wanted, found));
  const hidden = answers.find(({ list }) => list.trouble !== null)?.list.trouble;
  if (found.length === 0 && hidden !== undefined && hidden !== null) {
    throw new FaultError(
      faultOf('forbidden', hidden, { hint: 'let its user list and watch them' }),
    );
  }
  const provenAtMs = Math.min(...answers.map(({ list }) => list.provenAtMs));
  return { object: null, listed: null, ...found[0], namespaces, provenAtMs };
}

function namespaceOf(object: JsonObject): string {
  return textAt(object, 'metadata', 'namespace') ?? '';
}

function ambiguous(
  { kind, name }: WorkloadName,
  found: readonly { readonly object: JsonObject }[],
): ReturnType<typeof faultOf> {
  const places = found.map(({ object }) => namespaceOf(object));
  return faultOf('not-found', `several namespaces have ${kind}/${name}: ${places.join(', ')}`, {
    side: 'prober',
    hint: `write which: workload: ${places[0]}/${kind}/${name}`,
  });
}
