import type { JsonObject } from '../../model/json.ts';
import { controllerOf, textAt } from './fields.ts';

type ByUid = ReadonlyMap<string, readonly JsonObject[]>;

const none: readonly JsonObject[] = [];

/**
 * Looks objects of a list up by a uid. A list is the same array until it changes, so that thousands
 * of pods are gone through once for all workloads and not once for each.
 */
function lookup(uidOf: (object: JsonObject) => string | null) {
  const made = new WeakMap<readonly JsonObject[], ByUid>();
  return (items: readonly JsonObject[], uid: string): readonly JsonObject[] => {
    const known = made.get(items) ?? Map.groupBy(items, (one) => uidOf(one) ?? '');
    made.set(items, known);
    return uid === '' ? none : (known.get(uid) ?? none);
  };
}

/** What is controlled by the object of a uid: never by a prefix of its name. */
export const ownedBy = lookup(controllerOf);

/** The events about the object of a uid, in both versions of the API. */
export const eventsAbout = lookup(
  (event) => textAt(event, 'involvedObject', 'uid') ?? textAt(event, 'regarding', 'uid'),
);
