import type { Inventory } from '../model/inventory.ts';
import { cycleFaults } from './cycle.ts';
import { type Located, locate } from './document.ts';
import { duplicateFaults } from './duplicates.ts';
import type { InventoryFault } from './fault.ts';
import { interpolate } from './interpolate.ts';
import { knownKeys } from './known-keys.ts';
import { outlineOf } from './outline.ts';
import { referenceFaults } from './references.ts';
import { inventorySchema } from './schema.ts';
import { schemaFaults } from './schema-faults.ts';
import { toInventory } from './to-inventory.ts';

/** The most that is read: a network of a thousand services takes a quarter of it. */
export const maxInventoryBytes = 1024 * 1024;

export interface InventorySource {
  /** How the file is called in faults. */
  readonly file: string;
  readonly text: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export type ParsedInventory =
  | {
      readonly ok: true;
      readonly inventory: Inventory;
      readonly secrets: readonly string[];
      readonly unset: readonly string[];
    }
  | { readonly ok: false; readonly faults: readonly InventoryFault[] };

/** YAML text to an inventory, or every fault in it at once, in the order of the file. */
export function parseInventory({ file, text, env }: InventorySource): ParsedInventory {
  const whole = wholeFault(file, text);
  if (whole) return { ok: false, faults: [whole] };
  const located = locate(file, text);
  if (located.syntaxFaults.length > 0) return refused(located.syntaxFaults);
  const { faults: missing, secrets, unset } = interpolate(located, env);
  const value = toValue(located.document);
  const version = versionFault(value);
  if (version) return refused([located.faultAt(['version'], version)]);
  const parsed = inventorySchema.safeParse(value, { reportInput: true });
  const keysOf = (path: readonly PropertyKey[]): readonly string[] =>
    knownKeys(path, located.document.getIn([...path, 'kind']));
  const shape = parsed.success ? [] : schemaFaults(located, parsed.error.issues, keysOf);
  const faults = [...missing, ...shape, ...relationFaults(located, value)];
  if (faults.length > 0 || !parsed.success) return refused(faults);
  return { ok: true, inventory: toInventory(parsed.data), secrets, unset };
}

/** What no schema sees: two things of one name, names of nothing, circles. */
function relationFaults(located: Located, value: unknown): readonly InventoryFault[] {
  const outline = outlineOf(value);
  return [
    ...duplicateFaults(located, outline),
    ...referenceFaults(located, outline),
    ...cycleFaults(located, outline),
  ];
}

function refused(faults: readonly InventoryFault[]): ParsedInventory {
  const sorted = faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { ok: false, faults: sorted };
}

function wholeFault(file: string, text: string): InventoryFault | null {
  const at = { file, line: 1, column: 1, path: '' };
  if (text.length > maxInventoryBytes) {
    const message = `is larger than ${maxInventoryBytes / 1024} KiB`;
    return { ...at, message, hint: 'is this the right file?' };
  }
  if (text.includes('\0'))
    return { ...at, message: 'is not a text', hint: 'is this the right file?' };
  if (text.replace(/^\s*#.*$/gm, '').trim() === '') {
    return { ...at, message: 'is empty', hint: 'version: 1, name: … and hosts: [{name: …}]' };
  }
  return null;
}

/** An alias that unfolds without end is refused by the parser itself; it counts as no value. */
function toValue(document: { toJS: () => unknown }): unknown {
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}

function versionFault(value: unknown): { message: string; hint: string } | null {
  if (typeof value !== 'object' || value === null || !('version' in value)) return null;
  if (value.version === 1) return null;
  const message = `is ${JSON.stringify(value.version)}: this joelclaw reads version 1`;
  return { message, hint: 'version: 1, or a newer joelclaw' };
}
