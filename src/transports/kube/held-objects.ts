import { isJsonObject, type JsonObject } from '../../model/json.ts';

/** The objects of one list, kept up to date; the array is the same one until something changes. */
export interface HeldObjects {
  /** Takes a whole list; what has not changed stays the same object. */
  replace(objects: readonly JsonObject[]): void;
  put(object: JsonObject): void;
  remove(object: JsonObject): void;
  /** By namespace and name. */
  items(): readonly JsonObject[];
}

export function holdObjects(): HeldObjects {
  let held = new Map<string, JsonObject>();
  let sorted: readonly JsonObject[] | null = [];
  return {
    replace: (objects) => {
      const next = new Map(objects.map((object) => [keyOf(object), kept(held, object)]));
      const same =
        next.size === held.size && [...next].every(([key, one]) => held.get(key) === one);
      if (same) return;
      held = next;
      sorted = null;
    },
    put: (object) => {
      const key = keyOf(object);
      if (isSame(held.get(key), object)) return;
      held.set(key, object);
      sorted = null;
    },
    remove: (object) => {
      if (held.delete(keyOf(object))) sorted = null;
    },
    items: () => {
      sorted ??= [...held]
        .toSorted(([one], [other]) => byText(one, other))
        .map(([, object]) => object);
      return sorted;
    },
  };
}

/** `metadata` of what is an object with a name; null for anything else. */
export function metadataOf(value: unknown): JsonObject | null {
  if (!isJsonObject(value) || !isJsonObject(value['metadata'])) return null;
  return typeof value['metadata']['name'] === 'string' ? value['metadata'] : null;
}

/**
 * Without what only writers need and what is half of an object's size: who manages which field, and
 * the copy of its manifest. A watch adds `kind` and `apiVersion`, which a list's items lack.
 */
export function withoutBulk(object: JsonObject, metadata: JsonObject): JsonObject {
  const { kind: _kind, apiVersion: _apiVersion, ...rest } = object;
  const { managedFields: _fields, annotations, ...about } = metadata;
  if (!isJsonObject(annotations)) return { ...rest, metadata: about };
  const { 'kubectl.kubernetes.io/last-applied-configuration': _manifest, ...notes } = annotations;
  return { ...rest, metadata: { ...about, annotations: notes } };
}

function kept(held: ReadonlyMap<string, JsonObject>, object: JsonObject): JsonObject {
  const before = held.get(keyOf(object));
  return before && isSame(before, object) ? before : object;
}

/** The API server gives an object another version whenever it changes, and never the same to two. */
function isSame(before: JsonObject | undefined, object: JsonObject): boolean {
  const [one, other] = [metadataOf(before), metadataOf(object)];
  if (!one || !other || one['resourceVersion'] === undefined) return false;
  return one['uid'] === other['uid'] && one['resourceVersion'] === other['resourceVersion'];
}

/** NUL sorts before all that a name may hold, so that a namespace comes before those it begins. */
function keyOf(object: JsonObject): string {
  const metadata = metadataOf(object);
  return `${metadata?.['namespace'] ?? ''}\u0000${metadata?.['name'] ?? ''}`;
}

function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
