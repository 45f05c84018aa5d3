import { hidden, isSecretName } from '../../../model/hide-secrets.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../model/json.ts';

/** The name that what we apply is kept under. */
export const manager = 'joelclaw';

const kept = new Set(['name', 'namespace', 'labels', 'annotations']);
const tools = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  'deployment.kubernetes.io/revision',
  'deprecated.daemonset.template.generation',
]);

/**
 * What of an object its manifest can say: without what the server and controllers keep beside it, so
 * that two that mean the same are the same. Keys in their order.
 */
export function canonical(object: JsonObject): JsonObject {
  return plain(sayable(object), []) as JsonObject;
}

/** The same as it stands: an empty map says which one it is (`emptyDir: {}`). */
export function sayable(object: JsonObject): JsonObject {
  const { status: _, metadata, ...rest } = object;
  const own = isJsonObject(metadata) ? entriesOf(metadata, (key) => kept.has(key)) : {};
  const annotations = isJsonObject(own['annotations'])
    ? entriesOf(own['annotations'], (key) => !tools.has(key))
    : null;
  const more = annotations === null ? {} : { annotations };
  return { ...rest, metadata: { ...own, ...more } };
}

/** Without what a Secret holds: no manifest of ours says any of it, and so none of it is kept. */
export function withoutHeld(object: JsonObject): JsonObject {
  if (object['kind'] !== 'Secret') return object;
  const rest = entriesOf(object, (key) => key !== 'data' && key !== 'stringData');
  const { metadata = null } = rest;
  if (!isJsonObject(metadata) || !isJsonObject(metadata['annotations'])) return rest;
  // What a tool keeps of the whole object holds it once more.
  const annotations = entriesOf(metadata['annotations'], (key) => !tools.has(key));
  return { ...rest, metadata: { ...metadata, annotations } };
}

/** What a Secret holds, and what an environment says of a secret, is shown by its name alone. */
export function withoutValues(object: JsonObject): JsonObject {
  const shown = withoutEnvironment(object) as JsonObject;
  if (object['kind'] !== 'Secret') return shown;
  return Object.fromEntries(
    Object.entries(shown).map(([key, value]) => {
      const isHeld = (key === 'data' || key === 'stringData') && isJsonObject(value);
      if (!isHeld) return [key, value];
      return [key, Object.fromEntries(Object.keys(value).map((name) => [name, hidden]))];
    }),
  );
}

/** `{name: REDIS_PASSWORD, value: …}`, wherever it stands. */
function withoutEnvironment(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutEnvironment);
  if (!isJsonObject(value)) return value;
  const { name } = value;
  const isSecret = typeof name === 'string' && isSecretName(name);
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => {
      const isHidden = isSecret && key === 'value' && typeof one === 'string';
      return [key, isHidden ? hidden : withoutEnvironment(one)];
    }),
  );
}

function entriesOf(object: JsonObject, isWanted: (key: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => isWanted(key)));
}

/** Claims of a template come back with what only a claim has (argo-cd#11143). */
const ofClaim = new Set(['apiVersion', 'kind', 'status']);

function plain(value: Json, path: readonly string[]): Json {
  if (Array.isArray(value)) return value.map((one) => plain(one, [...path, '[]']));
  if (!isJsonObject(value)) return value;
  const isClaim = path.join('.') === 'spec.volumeClaimTemplates.[]';
  const entries = Object.entries(value)
    .filter(([key]) => !(isClaim && ofClaim.has(key)))
    .map(([key, one]) => [key, plain(one, [...path, key])] as const)
    .filter(([, one]) => one !== null);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether two say the same where a manifest can say anything; null is what is not there. */
export function sameObject(a: JsonObject | null, b: JsonObject | null): boolean {
  if (a === null || b === null) return a === b;
  return differingFields(canonical(a), canonical(b)).length === 0;
}

/** Whether one of two such fields is the other, or within it. */
export function overlap(a: string, b: string): boolean {
  const isWithin = (inner: string, outer: string): boolean =>
    inner.startsWith(outer) && /^(?:$|[.[])/.test(inner.slice(outer.length));
  return isWithin(a, b) || isWithin(b, a);
}

/** Where two objects differ, as the API server names fields: `.spec.containers[name="redis"].command`. */
export function differingFields(a: Json, b: Json, path = ''): readonly string[] {
  if (JSON.stringify(a) === JSON.stringify(b)) return [];
  if (Array.isArray(a) && Array.isArray(b)) return inLists(a, b, path);
  if (!isJsonObject(a) || !isJsonObject(b)) return [path];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].flatMap((key) =>
    key in a && key in b
      ? differingFields(a[key] ?? null, b[key] ?? null, `${path}.${key}`)
      : [`${path}.${key}`],
  );
}

/** Items that have names are the same by them, in their order; lists of others differ as a whole. */
function inLists(a: readonly Json[], b: readonly Json[], path: string): readonly string[] {
  const names = (list: readonly Json[]) =>
    list.map((one) => (isJsonObject(one) && typeof one['name'] === 'string' ? one['name'] : null));
  const [before, after] = [names(a), names(b)];
  const isUnique = (all: readonly unknown[]): boolean => new Set(all).size === all.length;
  if (before.includes(null) || after.includes(null)) return [path];
  // Mounts of one volume are told apart by something else.
  if (!isUnique(before) || !isUnique(after)) return [path];
  const [mine, theirs] = [
    before.filter((one) => after.includes(one)),
    after.filter((one) => before.includes(one)),
  ];
  if (mine.join() !== theirs.join()) return [path];
  return [...new Set([...before, ...after])].flatMap((name) => {
    const at = `${path}[name="${name}"]`;
    const [one, other] = [a[before.indexOf(name)], b[after.indexOf(name)]];
    return one === undefined || other === undefined ? [at] : differingFields(one, other, at);
  });
}
