import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { faultLine, type InventoryFault } from '../../inventory/fault.ts';
import { UserError } from '../../model/errors.ts';
import type { Inventory } from '../../model/inventory.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { DoctorItem } from '../../outputs/doctor-page.ts';
import { type ReadInventory, readInventory } from '../read-inventory.ts';
import { findRoot, inventoryFile, type Root, type RootBy } from '../root.ts';
import { trustedRoots } from '../trust.ts';
import { type Finding, type Ground, itemOf } from './probe.ts';

/** What was found of the root, and its inventory when that is well formed. */
export interface FoundRoot {
  readonly items: readonly DoctorItem[];
  readonly read: ReadInventory | null;
}

const rootSubject = { id: 'root/found', title: 'root' };
const inventorySubject = { id: 'inventory/valid', title: inventoryFile };

const inWords: Readonly<Record<RootBy, string>> = {
  '--root': 'named with --root',
  $JOELCLAW_ROOT: 'named by $JOELCLAW_ROOT',
  ancestor: 'found here or above',
  config: 'found where configurations lie',
};

/** The root with its inventory, its `.env`, and whether its commands may run. */
export async function rootItems({ context }: Ground): Promise<FoundRoot> {
  const root = await findRoot(context).catch(expected);
  if (root instanceof UserError) return { items: [itemOf(rootSubject, told(root))], read: null };
  const found = itemOf(rootSubject, { state: 'ok', note: `${root.path}, ${inWords[root.by]}` });
  const [safe, dotEnv, read] = await Promise.all([
    safeFinding(root),
    dotEnvFinding(root),
    readInventory(root, context).catch(expected),
  ]);
  const items = [
    found,
    itemOf({ id: 'root/safe', title: 'owner and mode' }, safe),
    itemOf({ id: 'root/env', title: '.env' }, dotEnv),
  ];
  if (read instanceof UserError) return { items: [...items, ...faultItems(read)], read: null };
  const trusted = root.named || (await trustedRoots(context)).includes(root.path);
  return { items: [...items, ...lineItems(read), ...inventoryItems(read, trusted)], read };
}

function expected(error: unknown): UserError {
  if (error instanceof UserError) return error;
  throw error;
}

function told({ message, hint }: UserError): Finding {
  return { state: 'missing', note: message, fix: hint };
}

/** One item for each fault: the place where it stands is its title. */
function faultItems(error: UserError): readonly DoctorItem[] {
  const faults = (error.faults ?? []) as readonly InventoryFault[];
  if (faults.length === 0) return [itemOf(inventorySubject, told(error))];
  return faults.map((fault, index) => {
    const { file, line, column, hint } = fault;
    const title = `${file}:${line}:${column}`;
    const note = faultLine({ ...fault, hint: '' }).slice(title.length + 2);
    return itemOf(
      { id: `inventory/fault/${index + 1}`, title },
      {
        state: 'missing',
        note,
        fix: hint === '' ? 'correct it in inventory.yaml' : `try: ${hint}`,
      },
    );
  });
}

/** The lines of its `.env` that are passed over. */
function lineItems({ warnings }: ReadInventory): readonly DoctorItem[] {
  return warnings.map(({ file, line, column, message, hint }) => {
    const title = `${file}:${line}:${column}`;
    const finding = { state: 'warning', note: message, fix: `try: ${hint}` } as const;
    return itemOf({ id: `root/env/${line}`, title }, finding);
  });
}

function inventoryItems(
  { inventory, unsetNames }: ReadInventory,
  trusted: boolean,
): readonly DoctorItem[] {
  const { name, hosts, services } = inventory;
  const note = `${name}: ${hosts.length} hosts, ${services.length} services`;
  return [
    itemOf(inventorySubject, { state: 'ok', note }),
    itemOf({ id: 'inventory/unset', title: 'names left unset' }, unsetFinding(unsetNames)),
    itemOf({ id: 'inventory/commands', title: 'command checks' }, trustFinding(inventory, trusted)),
  ];
}

function unsetFinding(names: readonly string[]): Finding {
  if (names.length === 0) return { state: 'ok', note: 'none' };
  const fix = 'set them in .env beside the inventory, if what they are for is wanted';
  return { state: 'warning', note: names.join(', '), fix };
}

function trustFinding({ services }: Inventory, trusted: boolean): Finding {
  const runs = services.some(({ checks }) => checks.some(({ kind }) => kind === 'command'));
  if (!runs) return { state: 'not-needed', note: 'the inventory has none' };
  if (trusted) return { state: 'ok', note: 'this root is trusted with them' };
  const fix = 'read them, then `joelclaw trust` once, or name the folder with --root';
  return { state: 'missing', note: 'they do not run: this root is not trusted', fix };
}

/** A root that was found by looking around has passed this already; a named one is only told. */
async function safeFinding(root: Root): Promise<Finding> {
  const path = join(root.path, inventoryFile);
  const { uid, mode } = await stat(path);
  const octal = (mode & 0o777).toString(8).padStart(4, '0');
  if (uid !== (process.getuid?.() ?? uid)) {
    const note = `${path} belongs to somebody else, who decides what is asked from here`;
    return { state: 'warning', note, fix: 'take a copy of your own' };
  }
  if ((mode & 0o022) === 0) return { state: 'ok', note: `yours, ${octal}` };
  const fix = `chmod go-w ${shellWord(path)}`;
  return { state: 'warning', note: `${path} is ${octal}: others may write to it`, fix };
}

async function dotEnvFinding(root: Root): Promise<Finding> {
  const path = join(root.path, '.env');
  const found = await stat(path).catch(() => null);
  if (!found) return { state: 'not-needed', note: 'there is none beside the inventory' };
  const octal = (found.mode & 0o777).toString(8).padStart(4, '0');
  if ((found.mode & 0o077) === 0) return { state: 'ok', note: octal };
  const note = `${path} is ${octal}: others may read its secrets`;
  return { state: 'warning', note, fix: `chmod 600 ${shellWord(path)}` };
}
