import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { Cluster } from '../../model/inventory.ts';
import type { JsonObject } from '../../model/json.ts';
import { textAt } from './fields.ts';

/** A cluster is known by the uid of its kube-system namespace; null where that is not listed. */
export function clusterUid(namespaces: readonly JsonObject[]): string | null {
  const system = namespaces.find((one) => textAt(one, 'metadata', 'name') === 'kube-system');
  return system ? textAt(system, 'metadata', 'uid') : null;
}

/** Nothing that another cluster than the pinned one says is believed, be it good or bad. */
export function assertPinned({ name, uid: pinned }: Cluster, uid: string | null): void {
  if (pinned === null || uid === null || uid === pinned) return;
  throw new FaultError(
    faultOf(
      'protocol',
      `another cluster answers: its uid is ${uid}, that of ${name} is ${pinned}`,
      {
        side: 'prober',
        hint: 'set clusters[].context to the right one, or clusters[].uid if it was made anew',
      },
    ),
  );
}
