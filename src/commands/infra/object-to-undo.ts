import { assertMayWrite } from '../../kinds/k8s/objects/assert-cluster.ts';
import { canonical, sameObject, withoutHeld } from '../../kinds/k8s/objects/canonical.ts';
import { isFailure } from '../../kinds/k8s/objects/compare-object.ts';
import { foreseeUndo } from '../../kinds/k8s/objects/foresee-undo.ts';
import { notRolledOut } from '../../kinds/k8s/objects/rollout.ts';
import { undoOf } from '../../kinds/k8s/objects/undo.ts';
import type { ApplyLog, LoggedObject, LoggedWrite } from '../../model/apply-log.ts';
import { FaultError } from '../../model/errors.ts';
import type { InfraItem, PlannedItem } from '../../model/infra.ts';
import { type JsonObject, jsonObjectOf } from '../../model/json.ts';
import type { ObjectWrite } from '../../model/object-write.ts';
import type { LeftGround } from './unfinished.ts';

interface LoggedObjectWrite extends LoggedWrite {
  readonly place: LoggedObject;
}

/**
 * What puts an object back as an apply found it: null where it is so already, its name where it is neither
 * that nor what was applied. What was made stays, which is told.
 */
export async function objectToUndo(
  { id: apply }: ApplyLog,
  write: LoggedObjectWrite,
  { open, store, options }: LeftGround,
): Promise<PlannedItem | string | null> {
  const { place, item: id, path, service } = write;
  const cluster = open.network.inventory.clusters.find(({ name }) => name === place.cluster);
  const kept = async (name: string | null | undefined): Promise<JsonObject | null> =>
    name == null ? null : keptObject(await store.kept(apply, name));
  const [before, became] = await Promise.all([kept(write.before?.name), kept(place.became)]);
  // What was kept and is gone says nothing of what stands there.
  if (!cluster || !became || (write.before && !before)) return id;
  if (place.uid !== cluster.uid) {
    return `${id} (it was applied to the cluster ${place.uid ?? 'of no uid'}, and ${cluster.name} is ${cluster.uid ?? 'not pinned'} now)`;
  }
  const { transports } = open;
  const ground = { cluster, transports, options };
  try {
    await assertMayWrite(ground);
    const live = await transports.kubeObject({ ...place, cluster, wouldBe: null }, options);
    const isThere = !isFailure(live);
    if (before === null && !isThere) return null;
    if (!isThere) return id;
    const known = { id, destination: path, service };
    if (before && sameObject(before, withoutHeld(live))) {
      const trouble = notRolledOut(live, place.name);
      return trouble === null ? null : unproved({ known, trouble, place, live });
    }
    if (before === null) {
      const note = `was made by ${apply} and stays: nothing of a cluster is deleted`;
      return planned({ ...known, action: 'left', note }, []);
    }
    const undo = undoOf(before, became);
    const foreseen = await foreseeUndo(place, { before, became, live, undo }, ground);
    if ('why' in foreseen) return foreseen.isTheirs ? id : `${id} (${foreseen.why})`;
    const back = {
      ...{ cluster: place.cluster, path, resource: place.resource, namespace: place.namespace },
      ...{ name: place.name, object: undo.all, force: true, live },
      ...{ was: JSON.stringify(canonical(live)), undo },
    };
    return planned({ ...known, action: 'write', note: `as it was before ${apply}` }, [back]);
  } catch (error) {
    if (error instanceof FaultError) return `${id} (${error.fault.message})`;
    throw error;
  }
}

interface Unproved {
  readonly known: Omit<Known, 'action' | 'note'>;
  readonly trouble: string;
  readonly place: LoggedObject;
  readonly live: JsonObject;
}

/** It is as it was, and its pods are not: who put it back did not live to see them come up. */
function unproved({ known, trouble, place, live }: Unproved): PlannedItem {
  const { cluster, path, resource, namespace, name } = place;
  const object = { cluster, path, resource, namespace, name, object: live, force: false };
  const one = planned({ ...known, action: 'reload', note: `is as it was, and ${trouble}` }, []);
  return { ...one, unproved: [{ ...object, live, was: null }] };
}

type Known = Pick<InfraItem, 'id' | 'destination' | 'service' | 'action' | 'note'>;

function planned(known: Known, objects: readonly ObjectWrite[]): PlannedItem {
  return {
    item: {
      ...{ kind: 'k8s', host: null, source: null, verdict: 'pending', reloadNeeded: false },
      ...known,
    },
    ...{ change: null, write: null, recorded: null, liveSha256: null, declaredMode: null },
    livePath: known.destination ?? '',
    restores: { entry: null },
    ...(objects.length > 0 ? { objects } : {}),
  };
}

function keptObject(text: string | null): JsonObject | null {
  return text === null ? null : jsonObjectOf(text);
}
