import { isJsonObject, type Json, type JsonObject } from '../../src/model/json.ts';

/** By its way as `fieldsV1` names it, joined by a space: `f:spec k:{"name":"redis"} f:image`. */
export type Fields = ReadonlyMap<string, Json>;

const sep = '\n';

/** The leaves of an object: lists of named things are merged by their names, others are one value. */
export function fieldsOf(value: Json, way: readonly string[] = []): Fields {
  const items = namedItems(value);
  if (items !== null) {
    return new Map(items.flatMap((item) => [...fieldsOf(item, [...way, keyOf(item)])]));
  }
  if (isJsonObject(value) && Object.keys(value).length > 0) {
    return new Map(
      Object.entries(value).flatMap(([key, one]) => [...fieldsOf(one, [...way, `f:${key}`])]),
    );
  }
  return new Map([[way.join(sep), value]]);
}

/** The object that these leaves make. */
export function objectOf(fields: Fields): JsonObject {
  const root: Record<string, Json> = {};
  for (const [way, value] of fields) put(root, way.split(sep), value);
  return root;
}

/** As `managedFields` tells who owns what. */
export function fieldsV1(ways: Iterable<string>): JsonObject {
  const root: Record<string, Json> = {};
  for (const way of ways) {
    let at = root;
    for (const step of way.split(sep)) {
      at[step] ??= {};
      at = at[step] as Record<string, Json>;
    }
  }
  return root;
}

/** `.spec.containers[name="redis"].image`, as a conflict names it. */
export function fieldWords(way: string): string {
  return way
    .split(sep)
    .map((step) =>
      step.startsWith('f:')
        ? `.${step.slice(2)}`
        : `[name="${(JSON.parse(step.slice(2)) as { name: string }).name}"]`,
    )
    .join('');
}

function namedItems(value: Json): readonly JsonObject[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const items = value.filter((one): one is JsonObject => isJsonObject(one));
  const isNamed = items.length === value.length && items.every((one) => 'name' in one);
  return isNamed ? items : null;
}

function keyOf({ name = null }: JsonObject): string {
  return `k:${JSON.stringify({ name })}`;
}

function put(root: Record<string, Json>, way: readonly string[], value: Json): void {
  const [step = '', ...rest] = way;
  const key = step.slice(2);
  if (rest.length === 0) {
    root[key] = value;
    return;
  }
  if (!rest[0]?.startsWith('k:')) {
    root[key] ??= {};
    put(root[key] as Record<string, Json>, rest, value);
    return;
  }
  root[key] ??= [];
  const list = root[key] as Record<string, Json>[];
  const { name } = JSON.parse(rest[0].slice(2)) as { name: string };
  const item = list.find((one) => one['name'] === name) ?? { name };
  if (!list.includes(item)) list.push(item);
  if (rest.length > 1) put(item, rest.slice(1), value);
}
