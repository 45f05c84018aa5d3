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
  const running = { transports, options: { timeoutMs, signal } };
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
    if (error instanceof FaultError) throw notInTime(error, context);
    throw error;
  } finally {
    await transports.close();
  }
}

function notInTime({ fault }: FaultError, { signal }: Pick<Context, 'signal'>): UserError {
  const isOurs = signal.aborted;
  return new UserError(`not everything was looked at: ${fault.message}`, {
    code: isOurs ? 'INTERRUPTED' : 'NOT_IN_TIME',
    hint: isOurs ? 'nothing was changed' : 'give it longer with --timeout',
    exitCode: isOurs ? 130 : 1,
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
