import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { faultLine, type InventoryFault } from '../../inventory/fault.ts';
import { bind } from '../../kinds/bind.ts';
import { FaultError, UserError } from '../../model/errors.ts';
import { envelope } from '../../outputs/envelope.ts';
import { createLiveTransports } from '../../transports/live.ts';
import { type Command, type Context, headOf } from '../context.ts';
import { type ReadInventory, readInventory } from '../read-inventory.ts';
import { findRoot, inventoryFile, type Root } from '../root.ts';
import { askCaddy, shellFaults } from './ask-programs.ts';
import { shown } from './file-fault.ts';

/** `config check`: every fault of the inventory and of the files that it manages, or what it declares. */
export const config: Command = async (context) => {
  const [, verb] = context.options.words;
  if (verb !== 'check') {
    throw new UserError(`there is no \`joelclaw ${context.options.words.join(' ')}\``, {
      hint: 'joelclaw config check',
    });
  }
  const root = await findRoot(context);
  const read = await readInventory(root, context);
  const linted = await lint(root, read, context);
  const faults = shown(
    linted.filter(({ isWarning }) => !isWarning),
    read.secrets,
  );
  const warnings = [
    ...read.warnings,
    ...shown(
      linted.filter(({ isWarning }) => isWarning),
      read.secrets,
    ),
  ];
  for (const one of warnings) context.warn(faultLine(one));
  if (faults.length > 0) throw invalid(faults);
  await tell(context, { root, read, warnings });
  return 0;
};

/** What lints is a bundle of its own (build/bundle.ts), so it is handed all that may reject. */
async function lint(root: Root, { inventory }: ReadInventory, context: Context) {
  const { lintRoot } = await import('./lint-root.ts');
  const text = await readFile(join(root.path, inventoryFile), 'utf8');
  const transports = createLiveTransports();
  const { timeoutMs } = context.options;
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), context.signal]);
  // The time of all together is up first: what a mount holds up is not said to be faulty.
  const running = { transports, options: { timeoutMs: 2 * timeoutMs, signal } };
  try {
    return await lintRoot(
      { path: root.path, inventory, file: inventoryFile, text },
      {
        ...running,
        shell: (path, script) => shellFaults(path, script, running),
        caddy: (path) => askCaddy(path, running),
      },
    );
  } catch (error) {
    if (error instanceof FaultError) throw notInTime(context);
    throw error;
  } finally {
    await transports.close();
  }
}

/** The one thing that reading files rejects with: all others have a fault of their own. */
function notInTime({ signal }: Context): UserError {
  if (signal.aborted) {
    return new UserError('interrupted before everything was looked at', {
      code: 'INTERRUPTED',
      hint: 'nothing was changed',
      exitCode: 130,
    });
  }
  return new UserError('the time was up before everything was looked at', {
    code: 'NOT_IN_TIME',
    hint: 'give it longer with --timeout',
    exitCode: 1,
  });
}

function invalid(faults: readonly InventoryFault[]): UserError {
  return new UserError(faults.map(faultLine).join('\n'), {
    code: 'CONFIG_INVALID',
    hint: 'mend these lines; nothing was asked of any host',
    exitCode: 78,
    faults,
  });
}

interface Told {
  readonly root: Root;
  readonly read: ReadInventory;
  readonly warnings: readonly InventoryFault[];
}

async function tell(context: Context, { root, read, warnings }: Told): Promise<void> {
  const { inventory, unset } = read;
  const { name, hosts, services, files } = inventory;
  const checks = bind(inventory).checks.length;
  const counts = { hosts: hosts.length, services: services.length, checks, files: files.length };
  if (context.options.json) {
    const result = { root: root.path, name, ...counts, unset, warnings };
    const answer = { schema: 'joelclaw.config-check/v1', ok: true, result };
    return context.write(envelope(headOf(context, 'config check'), answer));
  }
  const left =
    unset.length === 0 ? '' : `left unset, as their names are not in .env: ${unset.join(', ')}\n`;
  return context.write(
    `${root.path}: ${name} is well formed: ${hosts.length} hosts, ${services.length} services, ${checks} checks, ${files.length} files\n${left}`,
  );
}
