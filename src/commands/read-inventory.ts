import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { dotEnvFaults } from '../inventory/dot-env.ts';
import { faultLine, type InventoryFault } from '../inventory/fault.ts';
import {
  type InventorySource,
  maxInventoryBytes,
  type ParsedInventory,
  parseInventory,
  tooLarge,
} from '../inventory/parse-inventory.ts';
import { UserError } from '../model/errors.ts';
import type { Context } from './context.ts';
import { inventoryFile, type Root } from './root.ts';
import { secretsIn } from './secrets-in.ts';

/** An inventory without faults. */
type GoodInventory = Extract<ParsedInventory, { readonly ok: true }>;

/** One that was read, and the lines of its `.env` that are passed over. */
export interface ReadInventory extends GoodInventory {
  readonly warnings: readonly InventoryFault[];
}

/** Reads and checks a root's inventory with the `.env` beside it. */
export async function readInventory(root: Root, context: Context): Promise<ReadInventory> {
  const path = join(root.path, inventoryFile);
  const { size } = await stat(path);
  if (size > maxInventoryBytes) throw invalidInventory([tooLarge(inventoryFile)]);
  const text = await readText(path);
  const { parseEnv } = process.getBuiltinModule('node:util');
  const dotEnv = (await readIfThere(join(root.path, '.env'))) ?? '';
  const warnings = dotEnvFaults('.env', dotEnv);
  const env = { ...parseEnv(dotEnv), ...context.env };
  const inventory = validInventory({ file: inventoryFile, text, env }, warnings);
  const secrets = [...new Set([...inventory.secrets, ...secretsIn(parseEnv(dotEnv))])];
  return { ...inventory, secrets, warnings };
}

/** The inventory of a text; its faults are the user's to mend, with `more` that may be their cause. */
export function validInventory(
  source: InventorySource,
  more: readonly InventoryFault[] = [],
): GoodInventory {
  const result = parseInventory(source);
  if (result.ok) return result;
  throw invalidInventory([...result.faults, ...more]);
}

function invalidInventory(faults: readonly InventoryFault[]): UserError {
  return new UserError(faults.map(faultLine).join('\n'), {
    code: 'INVENTORY_INVALID',
    hint: 'mend these lines; nothing was asked of any host',
    exitCode: 78,
    faults,
  });
}

async function readText(path: string): Promise<string> {
  const text = await readIfThere(path);
  if (text !== null) return text;
  throw unreadable(path, 'ENOENT');
}

/** null when there is no such file; one that is there but cannot be read is the user's to mend. */
async function readIfThere(path: string): Promise<string | null> {
  try {
    // A pipe would be waited for, perhaps for ever.
    if (!(await stat(path)).isFile()) throw unreadable(path, 'not a file');
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return null;
    throw unreadable(path, code);
  }
}

function unreadable(path: string, code: string): UserError {
  return new UserError(`${path} cannot be read (${code})`, {
    code: 'INVENTORY_UNREADABLE',
    hint: 'look at its owner and mode',
    exitCode: 78,
  });
}
