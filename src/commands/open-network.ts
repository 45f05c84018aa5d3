import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { faultLine } from '../inventory/fault.ts';
import { bind } from '../kinds/bind.ts';
import type { BoundCheck } from '../kinds/contract.ts';
import { refuseCheck } from '../kinds/refuse-check.ts';
import type { Network } from '../model/check.ts';
import { createClock } from '../transports/clock.ts';
import type { Transports } from '../transports/contract.ts';
import { createLiveTransports } from '../transports/live.ts';
import type { Context } from './context.ts';
import { readInventory, validInventory } from './read-inventory.ts';
import { findRoot, type Root } from './root.ts';
import { networkFolder, pinnedKeysFile, stateHome } from './state-folder.ts';
import { trustedRoots } from './trust.ts';

/** In the state's folder of a network: what was applied last. */
const appliedFile = 'applied.json';

/** A network ready to be asked: what it is, how to reach it, and where its state is kept. */
export interface OpenNetwork {
  readonly network: Network<BoundCheck>;
  readonly transports: Transports;
  readonly stateFolder: string;
  /** Values that must not be seen anywhere. */
  readonly secrets: readonly string[];
  /** Equal for two processes that would measure the same: same root, inventory, trust and version. */
  readonly identity: string;
  /** The folder of its inventory; null for a simulated network. */
  readonly rootPath: string | null;
  /** `LAB healthy` over a simulated network. */
  readonly badge: string | null;
}

/** Where it is kept what was applied: a file of this machine, or of the lab's. */
export function recordOf({ rootPath, stateFolder }: OpenNetwork): string {
  return rootPath === null ? appliedFile : join(stateFolder, appliedFile);
}

/** Opens the lab with `--lab`, else the root's network. Nothing is asked of any target yet. */
export async function openNetwork(context: Context): Promise<OpenNetwork> {
  const { lab } = context.options;
  return lab === null ? openRoot(context) : openLab(context, lab);
}

async function openLab(context: Context, scenario: string): Promise<OpenNetwork> {
  const { createLab } = await import('../lab/index.ts');
  const { name, inventoryText, transports } = createLab(scenario, { clock: createClock() });
  const { inventory, secrets } = validInventory({
    file: `lab ${name}`,
    text: inventoryText,
    env: {},
  });
  const stateFolder = join(stateHome(context), `lab-${name}`);
  const identity = identityOf(['lab', inventory]);
  const network = bind(inventory, { secrets, record: appliedFile });
  return {
    network,
    transports,
    stateFolder,
    secrets,
    identity,
    rootPath: null,
    badge: `LAB ${name}`,
  };
}

async function openRoot(context: Context): Promise<OpenNetwork> {
  const root = await findRoot(context);
  const { inventory, secrets, warnings } = await readInventory(root, context);
  for (const one of warnings) context.warn(faultLine(one));
  const stateFolder = join(stateHome(context), networkFolder(inventory.name, root.path));
  const record = join(stateFolder, appliedFile);
  const audits = join(stateFolder, 'audits');
  const network = bind(inventory, { secrets, root: root.path, record, audits });
  const trusted = root.named || (await trustedRoots(context)).includes(root.path);
  return {
    network: trusted ? network : withoutCommands(network, root),
    transports: createLiveTransports({ knownHosts: pinnedKeysFile(context) }),
    stateFolder,
    identity: identityOf([root.path, inventory, trusted]),
    rootPath: root.path,
    secrets,
    badge: null,
  };
}

/** The inventory is taken with its secrets put in, which a digest does not give away. */
function identityOf(parts: readonly unknown[]): string {
  const version = process.env['JOELCLAW_VERSION'] ?? 'unreleased';
  return createHash('sha256')
    .update(JSON.stringify([version, ...parts]))
    .digest('hex');
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
