import { isJsonObject, type Json } from '../model/json.ts';
import { plainText } from '../model/plain-text.ts';

/** `undefined` when the text is no JSON. A byte order mark is forgiven. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as Json;
  } catch {
    return undefined;
  }
}

/**
 * Where `actual` differs from `wanted`, in words; null when all that is wanted is there. Objects
 * may hold more than is wanted; lists and scalars must be equal.
 */
export function firstMismatch(wanted: Json, actual: Json | undefined, path = ''): string | null {
  const here = path === '' ? 'the answer' : path;
  if (isJsonObject(wanted)) {
    if (!isJsonObject(actual)) return `${here} is ${inWords(actual)}, expected an object`;
    for (const [key, inner] of Object.entries(wanted)) {
      const value = Object.hasOwn(actual, key) ? actual[key] : undefined;
      const found = firstMismatch(inner, value, path === '' ? key : `${path}.${key}`);
      if (found !== null) return found;
    }
    return null;
  }
  if (Array.isArray(wanted)) return listMismatch(wanted, actual, here);
  return wanted === actual ? null : `${here} is ${inWords(actual)}, expected ${inWords(wanted)}`;
}

function listMismatch(
  wanted: readonly Json[],
  actual: Json | undefined,
  here: string,
): string | null {
  if (!Array.isArray(actual) || actual.length !== wanted.length) {
    return `${here} is ${inWords(actual)}, expected a list of ${wanted.length}`;
  }
  for (const [index, inner] of wanted.entries()) {
    const found = firstMismatch(inner, actual[index], `${here}[${index}]`);
    if (found !== null) return found;
  }
  return null;
}

/** What stands at a dotted path; a number is an item of a list. */
export function valueAt(json: Json, path: string): Json | undefined {
  let value: Json | undefined = json;
  for (const key of path.split('.')) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isJsonObject(value) && Object.hasOwn(value, key)) value = value[key];
    else return undefined;
  }
  return value;
}

/** The number at a dotted path, or the length of the list or object there; null when neither. */
export function countAt(json: Json, path: string): number | null {
  const value = valueAt(json, path);
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : null;
}

function inWords(value: Json | undefined): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (isJsonObject(value)) return 'an object';
  return typeof value === 'string' ? `"${plainText(value, 80)}"` : `${value}`;
}
