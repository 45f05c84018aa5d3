import { parseInventory } from '../../inventory/parse-inventory.ts';
import type { JsonObject } from '../../model/json.ts';
import { plainText } from '../../model/plain-text.ts';
import { itemLines } from './yaml-text.ts';

/** One item of a list, and where it was found. One that is not `live` stands as a comment. */
export interface Entry {
  readonly comment: string;
  readonly item: JsonObject;
  readonly live: boolean;
}

/** The lists that are written. */
export type ListName = 'hosts' | 'clusters' | 'services';

/** What an entry may refer to while it is tried. */
export interface Ground {
  readonly host: JsonObject;
  readonly clusters: readonly Entry[];
}

/** The entry as it is, or as a comment that says why the inventory would not take it. */
export function tried(list: ListName, entry: Entry, { host, clusters }: Ground): Entry {
  if (!entry.live) return entry;
  const lists: Record<ListName, readonly JsonObject[]> = {
    hosts: [host],
    clusters: clusters.filter(({ live }) => live).map(({ item }) => item),
    services: [],
  };
  lists[list] = [...lists[list], entry.item];
  const why = refusal(entry.item, textOf(lists));
  return why === null
    ? entry
    : { ...entry, live: false, comment: `${entry.comment}; not taken: ${why}` };
}

function refusal(item: JsonObject, text: string): string | null {
  // It would be replaced by what the environment holds.
  if (JSON.stringify(item).includes('${'))
    return 'it holds ${, which stands for a name of .env here';
  const parsed = parseInventory({ file: 'inventory.yaml', text, env: {} });
  if (parsed.ok) return null;
  const [fault] = parsed.faults;
  return fault ? `${fault.path} ${fault.message}` : 'it is not valid';
}

function textOf(lists: Readonly<Record<ListName, readonly JsonObject[]>>): string {
  const parts = Object.entries(lists).filter(([, items]) => items.length > 0);
  const body = parts.flatMap(([name, items]) => [`${name}:`, ...items.flatMap(itemLines)]);
  return `${['version: 1', 'name: tried', ...body].join('\n')}\n`;
}

/** The lines of an entry in its list. */
export function entryLines({ comment, item, live }: Entry): readonly string[] {
  const lines = itemLines(item);
  const above = `  # ${plainText(comment)}`;
  return live ? [above, ...lines] : [above, ...lines.map((line) => `  # ${line.slice(2)}`)];
}
