import type { JsonObject } from '../../../model/json.ts';
import type { ObjectAt } from '../../../model/object-write.ts';
import type { ClusterGround } from './assert-cluster.ts';
import { compareObject } from './compare-object.ts';

/** Whether an object is what an apply would make of it, by a dry run: nobody has changed it since then. */
export async function isAsApplied(
  { path, resource, namespace }: ObjectAt,
  { live, object }: { readonly live: JsonObject; readonly object: JsonObject },
  { cluster, transports, options }: ClusterGround,
): Promise<boolean> {
  const asked = { cluster, path, resource, namespace, wouldBe: { object, force: true } };
  const wouldBe = await transports.kubeObject(asked, options);
  return compareObject({ live, wouldBe, forced: null }).verdict === 'in-sync';
}
