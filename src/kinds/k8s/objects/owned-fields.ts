import { isJsonObject, type Json, type JsonObject, jsonObjectOf } from '../../../model/json.ts';

/**
 * What of a value a manager owns, by its `fieldsV1` (structured-merge-diff 4): `f:name` is a field,
 * `k:{…}` an item of a list by its keys, `v:…` one by its value, and nothing below it the whole.
 */
export function ownedPart(value: Json, fields: JsonObject): Json {
  const own = Object.entries(fields).filter(([key]) => key !== '.');
  if (Array.isArray(value)) {
    const items = own.length === 0 ? value : value.flatMap((one) => ownedItem(one, own));
    return items as Json;
  }
  if (!isJsonObject(value)) return value;
  if (own.length === 0) return '.' in fields ? {} : value;
  return Object.fromEntries(
    own.flatMap(([key, sub]) => {
      const name = key.startsWith('f:') ? key.slice(2) : null;
      const there = name === null ? undefined : value[name];
      if (name === null || there === undefined) return [];
      return [[name, ownedPart(there, isJsonObject(sub) ? sub : {})] as const];
    }),
  );
}

function ownedItem(item: Json, own: readonly (readonly [string, Json])[]): readonly Json[] {
  for (const [key, sub] of own) {
    if (key === `v:${JSON.stringify(item)}`) return [item];
    const keys = key.startsWith('k:') ? jsonObjectOf(key.slice(2)) : null;
    if (keys === null || !isJsonObject(item)) continue;
    const isMeant = Object.entries(keys).every(([name, value]) => item[name] === value);
    if (!isMeant) continue;
    const part = ownedPart(item, isJsonObject(sub) ? sub : {});
    return [isJsonObject(part) ? { ...keys, ...part } : item];
  }
  return [];
}
