import { isJsonObject, type Json } from '../../model/json.ts';

/** Where a page is known to count them, when its check does not say. */
const usual = ['documents', 'docs', 'stats.documents'];

/** What a page, as curl(1) shows it with its head, counts: a number, or a list; null where it does not. */
export function documentsIn(page: string, count: string | null): number | null {
  const json = bodyOf(page);
  if (json === undefined) return null;
  const counts = (count === null ? usual : [count]).map((path) => countAt(json, path));
  return counts.find((one) => one !== null) ?? null;
}

/** The JSON behind the last head: there is one for each 100 Continue before it. */
function bodyOf(page: string): Json | undefined {
  const text = page.replaceAll('\r', '');
  const body = text.replace(/^(?:HTTP\/[^\n]*\n(?:[^\n]+\n)*\n)+/, '');
  try {
    return JSON.parse(body.replace(/^\uFEFF/, '')) as Json;
  } catch {
    return undefined;
  }
}

function countAt(json: Json, path: string): number | null {
  let value: Json | undefined = json;
  for (const key of path.split('.')) {
    if (Array.isArray(value)) value = value[Number(key)];
    else if (isJsonObject(value) && Object.hasOwn(value, key)) value = value[key];
    else return null;
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (Array.isArray(value)) return value.length;
  return isJsonObject(value) ? Object.keys(value).length : null;
}
