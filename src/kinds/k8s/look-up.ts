import type { JsonObject } from '../../model/json.ts';
import { controllerOf, textAt } from './fields.ts';

type ByWord = ReadonlyMap<string, readonly JsonObject[]>;

const none: readonly JsonObject[] = [];

/**
 * Looks objects of a list up by a word of each. A list is the same array until it changes, so that thousands
 * of pods are gone through once for all workloads and not once for each.
 */
function lookUp(wordOf: (object: JsonObject) => string | null) {
  const made = new WeakMap<readonly JsonObject[], ByWord>();
  return (items: readonly JsonObject[], word: string): readonly JsonObject[] => {
    const known = made.get(items) ?? Map.groupBy(items, (one) => wordOf(one) ?? '');
    made.set(items, known);
    return word === '' ? none : (known.get(word) ?? none);
  };
}

/** What is controlled by the object of a uid: never by a prefix of its name. */
export const ownedBy = lookUp(controllerOf);

/** The objects of a name, one for each namespace. */
export const namedIn = lookUp((object) => textAt(object, 'metadata', 'name'));

/** The events about the object of a uid, in both versions of the API. */
export const eventsAbout = lookUp(
  (event) => textAt(event, 'involvedObject', 'uid') ?? textAt(event, 'regarding', 'uid'),
);
