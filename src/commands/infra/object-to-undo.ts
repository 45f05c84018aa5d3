import { isAsApplied } from '../../kinds/k8s/objects/as-applied.ts';
import { assertMayWrite } from '../../kinds/k8s/objects/assert-cluster.ts';
import { canonical, sameObject, withoutHeld } from '../../kinds/k8s/objects/canonical.ts';
import { isFailure } from '../../kinds/k8s/objects/compare-object.ts';
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
  const [before, object, became] = await Promise.all([
    kept(write.before?.name),
    kept(write.after?.name),
    kept(place.became),
  ]);
  // What was kept and is gone says nothing of what stands there.
  if (!cluster || !object || !became || (write.before && !before)) return id;
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
    if (before && isThere && sameObject(before, withoutHeld(live))) return null;
    if (!isThere) return id;
    const seen = { live: withoutHeld(live), before, object, became };
    if (!(await isAsApplied(place, seen, ground))) return id;
    const known = { id, destination: path, service };
    if (before === null) {
      const note = `was made by ${apply} and stays: nothing of a cluster is deleted`;
      return planned({ ...known, action: 'left', note }, []);
    }
    const undo = undoOf(before, became);
    const back = {
      ...{ cluster: place.cluster, path, resource: place.resource, namespace: place.namespace },
      ...{ name: place.name, object: undo.all, force: true, live },
      ...{ was: JSON.stringify(canonical(live)), goesBack: { before, undo } },
    };
    return planned({ ...known, action: 'write', note: `as it was before ${apply}` }, [back]);
  } catch (error) {
    if (error instanceof FaultError) return `${id} (${error.fault.message})`;
    throw error;
  }
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
