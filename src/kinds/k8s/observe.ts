import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { Cluster } from '../../model/inventory.ts';
import type { JsonObject } from '../../model/json.ts';
import type { ObserveContext, Previous } from '../contract.ts';
import type { FoundFacts, K8sFacts } from './facts.ts';
import { numberAt, textAt, timeAt } from './fields.ts';
import { type Ask, askOf, type Found, findWorkload } from './find-workload.ts';
import { ownedBy } from './look-up.ts';
import { orForbidden, type SeenList } from './or-forbidden.ts';
import { assertPinned, clusterUid } from './pinned-uid.ts';
import { podWords } from './pod-words.ts';
import { podsFacts } from './pods-facts.ts';
import { readEvents } from './read-events.ts';
import { readPod, startGraceMs } from './read-pod.ts';
import { readWorkload } from './read-workload.ts';
import { parseWorkload, type WorkloadName } from './workload-name.ts';

/** Finds the workload, its pods by who owns them, and what the cluster says of both. */
export async function observe(workload: string, context: ObserveContext): Promise<K8sFacts> {
  const { cluster } = context;
  const wanted = parseWorkload(workload);
  if (!cluster || !wanted) {
    const missing = cluster
      ? `"${workload}" is no workload`
      : 'its cluster is not in the inventory';
    throw new FaultError(faultOf('not-found', missing, { side: 'prober' }));
  }
  const ask = askOf(cluster, context);
  const [found] = await Promise.all([findWorkload(wanted, cluster, ask), askUid(cluster, ask)]);
  if (!found.object) {
    const { namespaces, provenAtMs } = found;
    return { found: false, workload: `${wanted.kind}/${wanted.name}`, namespaces, provenAtMs };
  }
  const lists = await askLists(wanted, found, ask);
  const nowMs = context.transports.clock.now();
  const { previous } = context;
  const facts = factsOf({ object: found.object, wanted, lists, nowMs, previous });
  return { ...facts, lastWords: await podWords(facts, cluster, context) };
}

/** Only a cluster that is pinned is asked who it is: its own check tells the rest. */
async function askUid(cluster: Cluster, ask: Ask): Promise<void> {
  if (cluster.uid === null) return;
  assertPinned(cluster, clusterUid((await orForbidden(ask('namespaces', null))).items));
}

interface Lists {
  readonly pods: SeenList;
  readonly replicaSets: SeenList | null;
  readonly events: SeenList;
  readonly provenAtMs: number;
}

async function askLists({ kind }: WorkloadName, found: Found, ask: Ask): Promise<Lists> {
  const { listed } = found;
  const [pods, events, replicaSets] = await Promise.all([
    orForbidden(ask('pods', listed)),
    orForbidden(ask('events', listed)),
    kind === 'deployment' ? orForbidden(ask('replicasets', listed)) : null,
  ]);
  const proven = [found.provenAtMs, pods.provenAtMs, replicaSets?.provenAtMs ?? Infinity];
  return { pods, replicaSets, events, provenAtMs: Math.min(...proven) };
}

interface Seen {
  readonly object: JsonObject;
  readonly wanted: WorkloadName;
  readonly lists: Lists;
  readonly nowMs: number;
  readonly previous: Previous | null;
}

function factsOf({ object, wanted, lists, nowMs, previous }: Seen): Omit<FoundFacts, 'lastWords'> {
  const { pods, replicaSets, events, provenAtMs } = lists;
  const uid = textAt(object, 'metadata', 'uid') ?? '';
  const owners = replicaSets === null ? [uid] : currentSets(replicaSets, uid);
  const owned = owners.flatMap((owner) => ownedBy(pods.items, owner));
  const podsTrouble = pods.trouble ?? replicaSets?.trouble ?? null;
  const uids = owned.map((pod) => textAt(pod, 'metadata', 'uid') ?? '-');
  const seen = podsFacts(
    owned.map((pod) => readPod(pod, nowMs)),
    nowMs,
  );
  const isEmpty = owned.length === 0 && podsTrouble === null;
  const emptySinceMs = isEmpty ? emptySince(previous, nowMs) : null;
  const createdMs = timeAt(object, 'metadata', 'creationTimestamp');
  return {
    found: true,
    workload: `${textAt(object, 'metadata', 'namespace')}/${wanted.kind}/${wanted.name}`,
    ...readWorkload(object, wanted.kind),
    ...seen,
    ...(podsTrouble === null ? {} : { starts: null, upSeconds: null }),
    podsTrouble,
    emptySinceMs,
    mayBeEmpty: [createdMs, emptySinceMs].some((ms) => ms !== null && nowMs - ms <= startGraceMs),
    events: readEvents(events.items, [uid, ...owners, ...uids], nowMs),
    eventsTrouble: events.trouble,
    provenAtMs,
  };
}

/** A Deployment's old ReplicaSets are kept, empty, for an undo. */
function currentSets({ items }: SeenList, deployment: string): readonly string[] {
  return ownedBy(items, deployment)
    .filter(
      (set) => numberAt(set, 'spec', 'replicas') !== 0 || numberAt(set, 'status', 'replicas') !== 0,
    )
    .map((set) => textAt(set, 'metadata', 'uid') ?? '');
}

/** Null where it was not seen with pods before: then nobody knows how long it has had none. */
function emptySince(previous: Previous | null, nowMs: number): number | null {
  const { emptySinceMs, pods } = previous?.facts ?? {};
  if (typeof emptySinceMs === 'number') return emptySinceMs;
  return Array.isArray(pods) && pods.length > 0 ? nowMs : null;
}
