import { assertMayWrite } from '../../kinds/k8s/objects/assert-cluster.ts';
import { sameObject } from '../../kinds/k8s/objects/canonical.ts';
import { FaultError } from '../../model/errors.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { ActGround } from '../acting/prepared.ts';
import { objectChangesOf } from './object-change.ts';
import { clusterOf, objectNow, sendOver } from './send-object.ts';

/**
 * Has objects that stand as they are to be ours as well: no value of theirs is changed, and nobody loses
 * a field. What cannot be is told in a line, and is tried again by the next apply.
 */
export async function adoptObjects(planned: PlannedItem, act: ActGround): Promise<void> {
  const { adopts = [] } = planned;
  const ground = { act };
  for (const change of objectChangesOf({ ...planned, objects: adopts }, act.open)) {
    const { name, object, live: seen } = change.object;
    try {
      await assertMayWrite(clusterOf(change, ground));
      const live = await objectNow(change, ground);
      if (sameObject(live, seen)) await sendOver(change, { object, force: false, live }, ground);
    } catch (error) {
      if (!(error instanceof FaultError)) throw error;
      act.warn(`${name} stands as it is to, and is not ours yet: ${error.fault.message}`);
    }
  }
}
