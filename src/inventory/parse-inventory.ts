import type { Inventory } from '../model/inventory.ts';
import { cleaner } from '../model/plain-text.ts';
import { aliasTrouble } from './alias-fault.ts';
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
      readonly unsetNames: readonly string[];
    }
  | { readonly ok: false; readonly faults: readonly InventoryFault[] };

/** YAML text to an inventory, or every fault in it at once, in the order of the file. */
export function parseInventory({ file, text, env }: InventorySource): ParsedInventory {
  const whole = wholeFault(file, text);
  if (whole) return { ok: false, faults: [whole] };
  const located = locate(file, text);
  if (located.syntaxFaults.length > 0) return refused(located.syntaxFaults);
  const { faults: missing, secrets, unset, unsetNames } = interpolate(located, env);
  const { value, trouble } = toValue(located.document);
  if (trouble) {
    const hint = 'write the value out instead of its *alias';
    const { offset, message } = aliasTrouble(located.document, trouble);
    return refused([located.faultAtOffset(offset, { message, hint })], secrets);
  }
  const version = versionFault(value);
  if (version) return refused([located.faultAt(['version'], version)], secrets);
  const parsed = inventorySchema.safeParse(value, { reportInput: true });
  const keysOf = (path: readonly PropertyKey[]): readonly string[] =>
    knownKeys(path, located.document.getIn([...path, 'kind']));
  const shape = parsed.success ? [] : schemaFaults(located, parsed.error.issues, keysOf);
  const faults = [...missing, ...untold([...shape, ...relationFaults(located, value)], missing)];
  if (faults.length > 0 || !parsed.success) return refused(faults, secrets);
  return { ok: true, inventory: toInventory(parsed.data), secrets, unset, unsetNames };
}

/** Of a value that is not set nothing else is to be said. */
function untold(
  faults: readonly InventoryFault[],
  missing: readonly InventoryFault[],
): readonly InventoryFault[] {
  const told = new Set(missing.map(({ path }) => path));
  return faults.filter(({ path }) => !told.has(path));
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

/** A fault may quote the file, so what it quotes is made plain and without secrets. */
function refused(
  faults: readonly InventoryFault[],
  secrets: readonly string[] = [],
): ParsedInventory {
  const clean = cleaner(secrets);
  const sorted = faults.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const plain = sorted.map(({ path, message, hint, ...at }) => ({
    ...at,
    path: clean(path),
    message: clean(message),
    hint: clean(hint),
  }));
  return { ok: false, faults: plain };
}

/** The fault of a file that is not even read. */
export function tooLarge(file: string): InventoryFault {
  const message = `is larger than ${maxInventoryBytes / 1024} KiB`;
  return { file, line: 1, column: 1, path: '', message, hint: 'is this the right file?' };
}

function wholeFault(file: string, text: string): InventoryFault | null {
  if (text.length > maxInventoryBytes) return tooLarge(file);
  const at = { file, line: 1, column: 1, path: '' };
  if (text.includes('\0'))
    return { ...at, message: 'is not a text', hint: 'is this the right file?' };
  if (text.replace(/^\s*#.*$/gm, '').trim() === '') {
    return { ...at, message: 'is empty', hint: 'version: 1, name: … and hosts: [{name: …}]' };
  }
  return null;
}

interface Value {
  readonly value?: unknown;
  readonly trouble?: Error;
}

/** The parser refuses an alias of nothing and one that unfolds without end; JSON one of itself. */
function toValue(document: { toJS: () => unknown }): Value {
  try {
    const value = document.toJS();
    JSON.stringify(value);
    return { value };
  } catch (error) {
    return { trouble: error as Error };
  }
}

function versionFault(value: unknown): { message: string; hint: string } | null {
  if (typeof value !== 'object' || value === null || !('version' in value)) return null;
  if (value.version === 1) return null;
  const message = `is ${JSON.stringify(value.version)}: this joelclaw reads version 1`;
  return { message, hint: 'version: 1, or a newer joelclaw' };
}
