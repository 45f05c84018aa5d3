import type { JsonObject } from '../../../model/json.ts';
import type { ObjectAt, ObjectUndo } from '../../../model/object-write.ts';
import type { ClusterGround } from './assert-cluster.ts';
import { canonical, differingFields, overlap, withoutHeld } from './canonical.ts';
import { isFailure, messageOf } from './compare-object.ts';

/** An object as it was, as our apply made it, and as it is now. */
interface Standing {
  readonly before: JsonObject;
  readonly became: JsonObject;
  readonly live: JsonObject;
  readonly undo: ObjectUndo;
}

/** What an undo would make of an object, or why it must not be: somebody has changed since what it would change. */
export type Foreseen =
  | { readonly wouldBe: JsonObject }
  | { readonly why: string; readonly isTheirs: boolean };

/**
 * Asks the server what an undo would make of an object, by a dry run. What is another one since our apply
 * and stays as it is under the undo is nothing to it.
 */
export async function foreseeUndo(
  { path, resource, namespace }: ObjectAt,
  { before, became, live, undo }: Standing,
  { cluster, transports, options }: ClusterGround,
): Promise<Foreseen> {
  const asked = { cluster, path, resource, namespace, wouldBe: { object: undo.all, force: true } };
  const wouldBe = await transports.kubeObject(asked, options);
  if (isFailure(wouldBe)) return { why: messageOf(wouldBe), isTheirs: false };
  const since = differences(became, live);
  if (differences(live, wouldBe).some((field) => since.some((one) => overlap(field, one)))) {
    return { why: 'has become another one since', isTheirs: true };
  }
  const changed = differences(before, became);
  const left = differences(before, wouldBe).filter((field) =>
    changed.some((one) => overlap(field, one)),
  );
  if (left.length === 0) return { wouldBe };
  return { why: `cannot be as it was: ${left.slice(0, 3).join(', ')}`, isTheirs: false };
}

/** Where two differ, in what a manifest can say; of a Secret not in what it holds. */
export function differences(a: JsonObject, b: JsonObject): readonly string[] {
  return differingFields(canonical(withoutHeld(a)), canonical(withoutHeld(b)));
}
