import { isJsonObject, type Json, jsonObjectOf } from './json.ts';
import { textOf, textsOf } from './read-facts.ts';

/** What stood there after the last apply: `sha256` of its bytes, its declared mode, when, and by which apply. */
export interface AppliedFile {
  readonly sha256: string;
  readonly mode: string | null;
  /** RFC 3339 */
  readonly at: string;
  readonly apply: string;
  /** Since when what runs has not been started anew with it (RFC 3339); null when it has. */
  readonly unreadSince: string | null;
  /** Where it stands, for when the inventory no longer names it; null where that was not kept. */
  readonly place: AppliedPlace | null;
  /** Of an environment the names that are known to stand there; null for all else. */
  readonly keys: readonly string[] | null;
  /** How it lay there then; absent where that was not kept. */
  readonly stood?: Stood;
  /** Where its text is kept, below the folder of applies; null where it is not. */
  readonly kept: string | null;
}

/** `0644` and `501:20`; null where it is not known. */
interface Stood {
  readonly mode: string | null;
  readonly owner: string | null;
}

/** `path` is that of the file itself. */
interface AppliedPlace {
  readonly kind: string;
  readonly host: string;
  readonly path: string;
}

/** The file that holds what was applied, beside the record; null where nobody keeps it. */
export function keptPath(
  record: string | null,
  { kept }: Pick<AppliedFile, 'kept'>,
): string | null {
  const folder = record === null ? -1 : record.lastIndexOf('/');
  return record === null || folder < 0 || kept === null
    ? null
    : `${record.slice(0, folder)}/applies/${kept}`;
}

/** Stands for the sum of a file that is about to be written. */
export const sumToCome = 'to-come';

/** By the file's id. */
export type Applied = ReadonlyMap<string, AppliedFile>;

/** The form of the record of what was applied; a newer joelclaw counts it up. */
const appliedVersion = 1;

/** The record as it was kept; null for a text that is none of ours. No text at all is nothing applied. */
export function parseApplied(text: string | null): Applied | null {
  if (text === null) return new Map();
  const kept = jsonObjectOf(text);
  if (kept === null || kept['version'] !== appliedVersion) return null;
  const { items } = kept;
  if (!isJsonObject(items)) return null;
  const entries = Object.entries(items).map(([id, item]) => [id, appliedOf(item)] as const);
  if (entries.some(([, one]) => one === null)) return null;
  return new Map(entries as readonly (readonly [string, AppliedFile])[]);
}

/** The record as text, its ids in order. */
export function appliedText(applied: Applied): string {
  const items = Object.fromEntries([...applied].sort(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ version: appliedVersion, items }, null, 2)}\n`;
}

/** One entry of it; null for what is none. */
export function appliedOf(item: Json | undefined): AppliedFile | null {
  if (!isJsonObject(item)) return null;
  const [sha256, at, apply] = ['sha256', 'at', 'apply'].map((key) => textOf(item[key]));
  if (sha256 == null || at == null || apply == null) return null;
  const unreadSince = textOf(item['unreadSince']);
  const keys = Array.isArray(item['keys']) ? textsOf(item['keys']) : null;
  const place = placeOf(item);
  const [mode, kept] = [textOf(item['mode']), textOf(item['kept'])];
  const { stood } = item;
  const lay = isJsonObject(stood)
    ? { stood: { mode: textOf(stood['mode']), owner: textOf(stood['owner']) } }
    : {};
  return { sha256, mode, at, apply, unreadSince, place, keys, ...lay, kept };
}

function placeOf({ place }: { readonly [key: string]: Json }): AppliedPlace | null {
  if (!isJsonObject(place)) return null;
  const [kind, host, path] = ['kind', 'host', 'path'].map((key) => textOf(place[key]));
  return kind == null || host == null || path == null ? null : { kind, host, path };
}
