import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import { isJsonObject, type JsonObject } from '../model/json.ts';
import { objectsOf } from '../model/read-facts.ts';
import type { Transports } from '../transports/contract.ts';
import { objectsIn } from './objects.ts';
import { reach } from './reach.ts';
import { keptCall, type Room, unexpected } from './room.ts';

type Objects = readonly JsonObject[];
const none: Objects = [];

/** The verbs of a site's clusters. */
export function clustersIn(
  room: Room,
): Pick<
  Transports,
  'kube' | 'podLog' | 'rolloutRestart' | 'deletePod' | 'kubeObject' | 'applyObject'
> {
  return {
    kube: kubeIn(room),
    podLog: podLogIn(room),
    rolloutRestart: async ({ cluster: { name }, workload }, options) => {
      await keptCall(room, `kube:${name}`, options);
      room.moment().restart(`${name}:${workload}`);
    },
    deletePod: deletePodIn(room),
    ...objectsIn(room),
  };
}

function kubeIn(room: Room): Transports['kube'] {
  const { site, moment } = room;
  const within = namespaced();
  return async ({ cluster: { name }, resource, namespace }, options) => {
    const list = site.clusters?.get(`${name}:${resource}`);
    if (!list) return unexpected(`kube ${name} ${resource}`);
    await reach(room, name, options);
    return { items: within(list(moment()), namespace), provenAtMs: moment().nowMs };
  };
}

/** A pod of a StatefulSet, which makes it anew under the same name. */
function deletePodIn(room: Room): Transports['deletePod'] {
  const { site, moment } = room;
  return async ({ cluster: { name: cluster }, namespace, pod, uid }, options) => {
    await keptCall(room, `kube:${cluster}`, options);
    const pods = site.clusters?.get(`${cluster}:pods`)?.(moment()) ?? none;
    const found = pods.find(
      ({ metadata }) =>
        isJsonObject(metadata) && metadata['namespace'] === namespace && metadata['name'] === pod,
    );
    if (!found) return;
    const metadata = found['metadata'] as JsonObject;
    if (metadata['uid'] !== uid) throw new FaultError(anotherPod);
    const [owner] = objectsOf(metadata['ownerReferences']);
    moment().restart(`${cluster}:statefulset/${owner?.['name']}`);
  };
}

const anotherPod = faultOf(
  'protocol',
  'the API server answered 409: the UID in the precondition does not match the UID in record',
);

function podLogIn(room: Room): Transports['podLog'] {
  return async ({ cluster: { name }, namespace, pod, container }, options) => {
    const log = room.site.podLogs?.get(`${name}:${namespace}/${pod}/${container}`);
    if (log === undefined) return unexpected(`podLog ${name} ${namespace}/${pod}/${container}`);
    await keptCall(room, `kube:${name}`, options);
    return log(room.moment());
  };
}

/** The objects of one namespace, the same array as long as the whole list is; null is all. */
function namespaced() {
  const known = new WeakMap<Objects, ReadonlyMap<unknown, Objects>>();
  const namespaceOf = ({ metadata }: JsonObject): unknown =>
    isJsonObject(metadata) ? metadata['namespace'] : undefined;
  return (items: Objects, namespace: string | null): Objects => {
    if (namespace === null) return items;
    const parted = known.get(items) ?? Map.groupBy(items, namespaceOf);
    known.set(items, parted);
    return parted.get(namespace) ?? none;
  };
}
