import { isJsonObject, type Json, type JsonObject } from '../../../model/json.ts';
import { objectsOf } from '../../../model/read-facts.ts';
import { objectAt, textAt } from '../fields.ts';
import { manager, sayable } from './canonical.ts';
import { ownedPart } from './owned-fields.ts';

/**
 * What is applied, by force, to have an object be again as it was: what we had applied by then, with the
 * values of then, and of all that the manifest says what was there. What the manifest brought is left
 * out, which takes it away: a field that nobody says is nobody's.
 */
export function undoOf(before: JsonObject, applied: JsonObject): JsonObject {
  const { apiVersion = null, kind = null } = applied;
  const [name, namespace] = [
    textAt(applied, 'metadata', 'name'),
    textAt(applied, 'metadata', 'namespace'),
  ];
  const identity = { apiVersion, kind, metadata: { name, ...(namespace ? { namespace } : {}) } };
  const there = { ...sayable(before), apiVersion, kind };
  const own = managedBy(before).map((fields) => ownedPart(there, fields));
  return [...own, partOf(there, applied)].reduce<JsonObject>(
    (all, part) => (isJsonObject(part) ? (merged(all, part) as JsonObject) : all),
    identity,
  );
}

function managedBy(object: JsonObject): readonly JsonObject[] {
  return objectsOf(objectAt(object, 'metadata')['managedFields'])
    .filter((one) => one['manager'] === manager && one['operation'] === 'Apply')
    .map((one) => objectAt(one, 'fieldsV1'));
}

/** What of a value a shape names; undefined where nothing is there. */
function partOf(value: Json | undefined, shape: Json): Json | undefined {
  if (value === undefined) return undefined;
  if (isJsonObject(value) && isJsonObject(shape)) {
    const entries = Object.entries(shape).flatMap(([key, one]) => {
      const part = partOf(value[key], one);
      return part === undefined ? [] : [[key, part] as const];
    });
    return Object.fromEntries(entries);
  }
  const [there, named] = [byName(value), byName(shape)];
  if (there === null || named === null) return value;
  return [...there].flatMap(([name, one]) => {
    const wanted = named.get(name);
    return wanted === undefined ? [] : [partOf(one, wanted) ?? one];
  });
}

function merged(a: Json, b: Json): Json {
  if (isJsonObject(a) && isJsonObject(b)) {
    const entries = Object.entries(b).map(([key, one]) => {
      const other = a[key];
      return [key, other === undefined ? one : merged(other, one)] as const;
    });
    return { ...a, ...Object.fromEntries(entries) };
  }
  const [left, right] = [byName(a), byName(b)];
  if (left === null || right === null) return b;
  return [...new Set([...left.keys(), ...right.keys()])].map((name) => {
    const [one, other] = [left.get(name), right.get(name)];
    if (one === undefined || other === undefined) return one ?? other ?? null;
    return merged(one, other);
  });
}

/** The items of a list that are told apart by their names; null of what is no such list. */
function byName(value: Json): ReadonlyMap<string, Json> | null {
  if (!Array.isArray(value)) return null;
  const named = value.flatMap((one): readonly (readonly [string, Json])[] =>
    isJsonObject(one) && typeof one['name'] === 'string' ? [[one['name'], one]] : [],
  );
  const found = new Map(named);
  return found.size === value.length ? found : null;
}
