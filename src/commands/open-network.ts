import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { faultLine } from '../inventory/fault.ts';
import { maxInventoryBytes, parseInventory } from '../inventory/parse-inventory.ts';
import { bind } from '../kinds/bind.ts';
import type { BoundCheck } from '../kinds/contract.ts';
import { refuseCheck } from '../kinds/refuse-check.ts';
import type { Network } from '../model/check.ts';
import { UserError } from '../model/errors.ts';
import { createClock } from '../transports/clock.ts';
import type { Transports } from '../transports/contract.ts';
import { createLiveTransports } from '../transports/live.ts';
import type { Context } from './context.ts';
import { findRoot, inventoryFile, type Root } from './root.ts';
import { networkFolder, stateHome } from './state-folder.ts';
import { trustedRoots } from './trust.ts';

/** A network ready to be asked: what it is, how to reach it, and where its state is kept. */
export interface OpenNetwork {
  readonly network: Network<BoundCheck>;
  readonly transports: Transports;
  readonly stateFolder: string;
  /** `LAB healthy` over a simulated network. */
  readonly badge: string | null;
}

/** Opens the lab with `--lab`, else the root's network. Nothing is asked of any target yet. */
export async function openNetwork(context: Context): Promise<OpenNetwork> {
  const { lab } = context.options;
  return lab === null ? openRoot(context) : openLab(context, lab);
}

async function openLab(context: Context, scenario: string): Promise<OpenNetwork> {
  const { createLab } = await import('../lab/index.ts');
  const { name, inventoryText, transports } = createLab(scenario, { clock: createClock() });
  const { inventory, secrets } = parsed({ file: `lab ${name}`, text: inventoryText, env: {} });
  const stateFolder = join(stateHome(context), `lab-${name}`);
  return { network: bind(inventory, { secrets }), transports, stateFolder, badge: `LAB ${name}` };
}

async function openRoot(context: Context): Promise<OpenNetwork> {
  const root = await findRoot(context);
  const { inventory, secrets } = await readInventory(root, context);
  const network = bind(inventory, { secrets });
  const trusted = root.named || (await trustedRoots(context)).includes(root.path);
  return {
    network: trusted ? network : withoutCommands(network, root),
    transports: createLiveTransports(),
    stateFolder: join(stateHome(context), networkFolder(inventory.name, root.path)),
    badge: null,
  };
}

/** Reads and checks a root's inventory with its `.env`. */
export async function readInventory(
  root: Root,
  context: Context,
): Promise<Extract<ReturnType<typeof parseInventory>, { ok: true }>> {
  const path = join(root.path, inventoryFile);
  const { size } = await stat(path);
  // One byte past the limit is enough to have it refused, and a huge file is not read.
  const text = size > maxInventoryBytes ? ' '.repeat(maxInventoryBytes + 1) : await readText(path);
  const dotEnv = parseEnv(await readFile(join(root.path, '.env'), 'utf8').catch(() => ''));
  return parsed({ file: inventoryFile, text, env: { ...dotEnv, ...context.env } });
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${path} cannot be read (${error.code})`, {
      code: 'INVENTORY_UNREADABLE',
      hint: 'look at its owner and mode',
      exitCode: 78,
    });
  });
}

function parsed(source: Parameters<typeof parseInventory>[0]) {
  const result = parseInventory(source);
  if (result.ok) return result;
  const { faults } = result;
  throw new UserError(faults.map(faultLine).join('\n'), {
    code: 'INVENTORY_INVALID',
    hint: 'mend these lines; nothing was asked of any host',
    exitCode: 78,
    faults,
  });
}

function withoutCommands(network: Network<BoundCheck>, root: Root): Network<BoundCheck> {
  const checks = network.checks.map((bound) =>
    bound.kind === 'command'
      ? refuseCheck(bound, {
          message: `the commands of ${root.path} are not trusted`,
          hint: '`joelclaw trust` once, or name the folder with --root',
        })
      : bound,
  );
  return { ...network, checks };
}
