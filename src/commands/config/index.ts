import { faultLine, type InventoryFault } from '../../inventory/fault.ts';
import { bind } from '../../kinds/bind.ts';
import { UserError } from '../../model/errors.ts';
import { envelope } from '../../outputs/envelope.ts';
import { type Command, type Context, headOf } from '../context.ts';
import { type ReadInventory, readInventory } from '../read-inventory.ts';
import { findRoot, type Root } from '../root.ts';
import { shown } from './file-fault.ts';
import { invalid, lint } from './lint.ts';

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
  const linted = await lint({ path: root.path, inventory: read.inventory }, context);
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
