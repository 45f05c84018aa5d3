import { isJsonObject, type Json, type JsonObject } from '../../../model/json.ts';

/**
 * Sets of fields as `fieldsV1` tells them (structured-merge-diff 4): `f:name` is a field, `k:{…}` an
 * item of a list by its keys, `v:…` one by its value, `.` the thing itself; what has nothing below it is
 * meant as a whole.
 */
export function unionOf(sets: readonly JsonObject[]): JsonObject {
  const all = new Map<string, Json>();
  for (const set of sets) {
    for (const [key, sub] of Object.entries(set)) {
      const other = all.get(key);
      all.set(
        key,
        isJsonObject(other ?? null) && isJsonObject(sub)
          ? unionOf([other as JsonObject, sub])
          : sub,
      );
    }
  }
  return Object.fromEntries(all);
}

/** What is in `a` and not in `b`. */
export function without(a: JsonObject, b: JsonObject): JsonObject {
  return kept(a, (key, sub) => {
    const other = b[key];
    if (other === undefined) return sub;
    if (isLeaf(sub) || isLeaf(other)) return null;
    const rest = without(sub as JsonObject, other as JsonObject);
    return hasFields(rest) ? rest : null;
  });
}

/** What is in both. */
export function common(a: JsonObject, b: JsonObject): JsonObject {
  return kept(a, (key, sub) => {
    const other = b[key];
    if (other === undefined) return null;
    if (isLeaf(sub) || isLeaf(other)) return isLeaf(sub) ? sub : other;
    const both = common(sub as JsonObject, other as JsonObject);
    return hasFields(both) ? both : null;
  });
}

/** Whether a set names any field; an item of a list that is only said to be there is none. */
export function hasFields(set: JsonObject): boolean {
  return Object.entries(set).some(
    ([key, sub]) => key !== '.' && (isLeaf(sub) || hasFields(sub as JsonObject)),
  );
}

function isLeaf(sub: Json): boolean {
  return !isJsonObject(sub) || Object.keys(sub).length === 0;
}

function kept(set: JsonObject, of: (key: string, sub: Json) => Json | null): JsonObject {
  const entries = Object.entries(set).flatMap(([key, sub]) => {
    const one = of(key, sub);
    return one === null ? [] : [[key, one] as const];
  });
  return Object.fromEntries(entries);
}
