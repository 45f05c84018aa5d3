import { isAsApplied } from '../../kinds/k8s/objects/as-applied.ts';
import { assertCluster } from '../../kinds/k8s/objects/assert-cluster.ts';
import { canonical, sameObject } from '../../kinds/k8s/objects/canonical.ts';
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
  const [before, applied] = await Promise.all([
    write.before && keptObject(await store.kept(apply, write.before.name)),
    write.after && keptObject(await store.kept(apply, write.after.name)),
  ]);
  // What was kept and is gone says nothing of what stands there.
  if (!cluster || !applied || (write.before !== null && before === null)) return id;
  const { transports } = open;
  const ground = { cluster, transports, options };
  try {
    await assertCluster(ground);
    const live = await transports.kubeObject({ ...place, cluster, wouldBe: null }, options);
    const isThere = !isFailure(live);
    if (before === null && !isThere) return null;
    if (before && isThere && sameObject(before, live)) return null;
    if (!isThere) return id;
    if (!(await isAsApplied(place, { live, object: applied }, ground))) return id;
    const known = { id, destination: path, service };
    if (before === null) {
      const note = `was made by ${apply} and stays: nothing of a cluster is deleted`;
      return planned({ ...known, action: 'left', note }, []);
    }
    const was = JSON.stringify(canonical(live));
    const undo = { ...place, object: undoOf(before, applied), force: true, live, was };
    return planned({ ...known, action: 'write', note: `as it was before ${apply}` }, [undo]);
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
