import { faultLine } from '../inventory/fault.ts';
import { bind } from '../kinds/bind.ts';
import { UserError } from '../model/errors.ts';
import { envelope } from '../outputs/envelope.ts';
import { type Command, headOf } from './context.ts';
import { readInventory } from './read-inventory.ts';
import { findRoot } from './root.ts';

/** `config check`: every fault of the inventory, or what it declares. */
export const config: Command = async (context) => {
  const [, verb] = context.options.words;
  if (verb !== 'check') {
    throw new UserError(`there is no \`joelclaw ${context.options.words.join(' ')}\``, {
      hint: 'joelclaw config check',
    });
  }
  const root = await findRoot(context);
  const { inventory, unset, warnings } = await readInventory(root, context);
  for (const one of warnings) context.warn(faultLine(one));
  const { name, hosts, services, files } = inventory;
  const checks = bind(inventory).checks.length;
  const counts = { hosts: hosts.length, services: services.length, checks, files: files.length };
  if (context.options.json) {
    const result = { root: root.path, name, ...counts, unset, warnings };
    const answer = { schema: 'joelclaw.config-check/v1', ok: true, result };
    await context.write(envelope(headOf(context, 'config check'), answer));
  } else {
    const left =
      unset.length === 0 ? '' : `left unset, as their names are not in .env: ${unset.join(', ')}\n`;
    await context.write(
      `${root.path}: ${name} is well formed: ${hosts.length} hosts, ${services.length} services, ${checks} checks, ${files.length} files\n${left}`,
    );
  }
  return 0;
};
