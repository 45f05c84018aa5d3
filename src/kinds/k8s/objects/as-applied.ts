import type { JsonObject } from '../../../model/json.ts';
import type { ObjectAt } from '../../../model/object-write.ts';
import type { ClusterGround } from './assert-cluster.ts';
import { canonical, differingFields, withoutHeld } from './canonical.ts';
import { compareObject } from './compare-object.ts';

/** What an apply has done to an object: what it was, null where it was not there, what was sent, and what that made of it. */
export interface AppliedOver {
  readonly before: JsonObject | null;
  readonly object: JsonObject;
  readonly became: JsonObject;
}

/**
 * Whether nobody has changed since what an apply has set or taken away, nor what its manifest says: by
 * what it made of it, and by a dry run.
 */
export async function isAsApplied(
  { path, resource, namespace }: ObjectAt,
  { live, before, object, became }: AppliedOver & { readonly live: JsonObject },
  { cluster, transports, options }: ClusterGround,
): Promise<boolean> {
  const [was, is, now] = [before, became, live].map((one) => one && canonical(withoutHeld(one)));
  if (!is || !now) return false;
  const since = differingFields(is, now);
  const changed = was ? differingFields(was, is) : [];
  if (since.some((field) => changed.some((one) => overlap(field, one)))) return false;
  const asked = { cluster, path, resource, namespace, wouldBe: { object, force: true } };
  const wouldBe = withoutHeld(await transports.kubeObject(asked, options));
  return compareObject({ live: withoutHeld(live), wouldBe, forced: null }).verdict === 'in-sync';
}

/** One is the other, or within it. */
function overlap(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}
