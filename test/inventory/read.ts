import { faultLine, type InventoryFault } from '../../src/inventory/fault.ts';
import { parseInventory } from '../../src/inventory/parse-inventory.ts';
import type { Inventory } from '../../src/model/inventory.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** The lines before whatever a test is about; line 4 comes next. */
export const head = 'version: 1\nname: test\nhosts: [{name: a}, {name: b}]\n';

/** The faults of a text, as lines; a text without any is the test's mistake. */
export function faultsOf(text: string, env: Env = {}): readonly InventoryFault[] {
  const parsed = parseInventory({ file: 'inventory.yaml', text, env });
  if (!parsed.ok) return parsed.faults;
  throw new Error('there is no fault in it');
}

export function linesOf(text: string, env: Env = {}): readonly string[] {
  return faultsOf(text, env).map(faultLine);
}

/** A text without faults, parsed. */
export function parsedOf(text: string, env: Env = {}) {
  const parsed = parseInventory({ file: 'inventory.yaml', text, env });
  if (parsed.ok) return parsed;
  throw new Error(parsed.faults.map(faultLine).join('\n'));
}

export function inventoryOf(text: string, env: Env = {}): Inventory {
  return parsedOf(text, env).inventory;
}
