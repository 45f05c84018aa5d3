import { isAsApplied } from '../../kinds/k8s/objects/as-applied.ts';
import { assertCluster, type ClusterGround } from '../../kinds/k8s/objects/assert-cluster.ts';
import { canonical, differingFields, sameObject } from '../../kinds/k8s/objects/canonical.ts';
import { isFailure, messageOf } from '../../kinds/k8s/objects/compare-object.ts';
import { undoOf } from '../../kinds/k8s/objects/undo.ts';
import type { LoggedWrite } from '../../model/apply-log.ts';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { Cluster } from '../../model/inventory.ts';
import type { JsonObject } from '../../model/json.ts';
import type { ObjectWrite } from '../../model/object-write.ts';
import type { OpenNetwork } from '../open-network.ts';
import { type ApplyGround, finishing, journal } from './apply-ground.ts';
import { keptName } from './kept-name.ts';

/** An object of a cluster that is to be changed, and what takes that back. */
export interface ObjectChange {
  readonly type: 'object';
  readonly planned: PlannedItem;
  readonly cluster: Cluster;
  readonly object: ObjectWrite;
}

/** The objects of an item that are to be changed, in their order. */
export function objectChangesOf(
  planned: PlannedItem,
  { network: { inventory } }: OpenNetwork,
): readonly ObjectChange[] {
  return (planned.objects ?? []).flatMap((object) => {
    const cluster = inventory.clusters.find(({ name }) => name === object.cluster);
    return cluster ? [{ type: 'object', planned, cluster, object }] : [];
  });
}

/** By which the journal knows it among the objects of its manifest. */
export function objectId({ planned, object }: ObjectChange): string {
  const { id } = planned.item;
  return planned.restores ? id : `${id}#${object.name}`;
}

/**
 * Applies one object: to the cluster that is meant, where it stands as it was planned; what was there is
 * kept and the journal told before, and `onBegin` with it. Where it rejects after that, the object may be
 * the old one or the new one.
 */
export async function applyObject(
  change: ObjectChange,
  ground: ApplyGround,
  onBegin: () => void,
): Promise<void> {
  const { object: write } = change;
  await assertCluster(clusterOf(change, ground));
  const live = await objectNow(change, ground);
  if (!sameObject(live, write.live)) throw new FaultError(changedMeanwhile(write));
  await journal(ground, { type: 'intent', write: await keepBoth(change, live, ground) });
  onBegin();
  await send(change, write.object, write.force, ground);
  await journal(ground, { type: 'done', item: objectId(change) });
}

/**
 * Puts an object back as it was; why that could not be done, or null. What was made stays: nothing of a
 * cluster is ever deleted. What somebody else has made of it since is theirs.
 */
export async function restoreObject(
  change: ObjectChange,
  ground: ApplyGround,
): Promise<string | null> {
  const { object: write } = change;
  const { name } = write;
  const item = objectId(change);
  await assertCluster(clusterOf(change, ground));
  const live = await objectNow(change, ground);
  if (sameObject(live, write.live)) return null;
  if (write.live === null) return `${name} was made and stays: nothing of a cluster is deleted`;
  if (live === null) return `${name} is gone`;
  const asApplied = { live, object: write.object };
  if (!(await isAsApplied(write, asApplied, clusterOf(change, ground)))) {
    return `${name} has become another one since`;
  }
  await journal(ground, { type: 'restore', item });
  await send(change, undoOf(write.live, write.object), true, ground);
  const now = await objectNow(change, ground);
  const fields = now && differingFields(canonical(write.live), canonical(now));
  if (fields?.length !== 0) {
    return `${name} is not as it was: ${fields?.slice(0, 3).join(', ') ?? 'it is gone'}`;
  }
  await journal(ground, { type: 'restored', item });
  return null;
}

function clusterOf({ cluster }: ObjectChange, { act }: ApplyGround): ClusterGround {
  return { cluster, transports: act.open.transports, options: finishing };
}

/** The object as it is; null where it is not there. */
export async function objectNow(
  { cluster, object }: Pick<ObjectChange, 'cluster' | 'object'>,
  { act }: Pick<ApplyGround, 'act'>,
): Promise<JsonObject | null> {
  const { path, resource, namespace } = object;
  const asked = { cluster, path, resource, namespace, wouldBe: null };
  const answer = await act.open.transports.kubeObject(asked, finishing);
  if (!isFailure(answer)) return answer;
  if (answer['code'] === 404) return null;
  throw new FaultError(faultOf('protocol', `${object.name}: ${messageOf(answer)}`));
}

async function send(
  { cluster, object: { path, resource, namespace, name } }: ObjectChange,
  object: JsonObject,
  force: boolean,
  { act }: ApplyGround,
): Promise<void> {
  const asked = { cluster, path, resource, namespace, object, force };
  const answer = await act.open.transports.applyObject(asked, finishing);
  if (!isFailure(answer)) return;
  const code = answer['code'] === 409 ? 'stale' : 'protocol';
  throw new FaultError(
    faultOf(code, `the API server refuses ${name}: ${messageOf(answer)}`, { side: 'prober' }),
  );
}

function changedMeanwhile({ name }: ObjectWrite) {
  const hint = 'look at it with joelclaw infra diff, and apply again';
  return faultOf('stale', `${name} has become another one since it was looked at`, {
    side: 'prober',
    hint,
  });
}

async function keepBoth(
  change: ObjectChange,
  live: JsonObject | null,
  { store, id }: ApplyGround,
): Promise<LoggedWrite> {
  const { planned, object } = change;
  const item = objectId(change);
  const { cluster, path, resource, namespace, name, force } = object;
  const kept = keptName(item);
  const file = (end: string) => ({ name: `${kept}.${end}`, mode: '0600', owner: null });
  if (live !== null) await store.keep(id, file('before').name, JSON.stringify(live));
  await store.keep(id, file('after').name, JSON.stringify(object.object));
  return {
    ...{ item, kind: 'k8s', host: null, path, service: planned.item.service },
    before: live === null ? null : file('before'),
    after: file('after'),
    ...{ recordBefore: null, recordAfter: null },
    place: { cluster, path, resource, namespace, name, force },
  };
}
