import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { faultLine, type InventoryFault } from '../../inventory/fault.ts';
import { FaultError, UserError } from '../../model/errors.ts';
import type { Inventory } from '../../model/inventory.ts';
import { createLiveTransports } from '../../transports/live.ts';
import type { Context } from '../context.ts';
import { inventoryFile } from '../root.ts';
import { askCaddy, shellFaults } from './ask-programs.ts';
import type { FileFault } from './file-fault.ts';

/** A root whose inventory is well formed. */
interface Linted {
  readonly path: string;
  readonly inventory: Inventory;
}

/** What lints is a bundle of its own (build/bundle.ts), so it is handed all that may reject. */
export async function lint(
  { path, inventory }: Linted,
  context: Pick<Context, 'options' | 'signal'>,
): Promise<readonly FileFault[]> {
  const { lintRoot } = await import('./lint-root.ts');
  const text = await readFile(join(path, inventoryFile), 'utf8');
  const transports = createLiveTransports();
  const { timeoutMs } = context.options;
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), context.signal]);
  // The time of all together is up first: what a mount holds up is not said to be faulty.
  const running = { transports, options: { timeoutMs: 2 * timeoutMs, signal } };
  try {
    return await lintRoot(
      { path, inventory, file: inventoryFile, text },
      {
        ...running,
        shell: (file, script) => shellFaults(file, script, running),
        caddy: (file) => askCaddy(file, running),
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
function notInTime({ signal }: Pick<Context, 'signal'>): UserError {
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

/** Faults that stop whatever was asked for. */
export function invalid(faults: readonly InventoryFault[]): UserError {
  return new UserError(faults.map(faultLine).join('\n'), {
    code: 'CONFIG_INVALID',
    hint: 'mend these lines; nothing was asked of any host',
    exitCode: 78,
    faults,
  });
}
