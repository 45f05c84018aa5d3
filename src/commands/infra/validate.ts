import { adapt, adminOf } from '../../kinds/file/caddy-admin.ts';
import { UserError } from '../../model/errors.ts';
import type { PlannedItem } from '../../model/infra.ts';
import { faultAt, wholeText } from '../../model/text-fault.ts';
import { type FileFault, inFile, shown } from '../config/file-fault.ts';
import { invalid, lint } from '../config/lint.ts';
import type { Context } from '../context.ts';
import type { OpenNetwork } from '../open-network.ts';
import { startsAnew } from './serve-group.ts';

/**
 * Looks at all that is to be applied before anything of it is: one fault anywhere, and nothing is
 * touched. A Caddy that runs says itself what it makes of a Caddyfile.
 */
export async function validate(
  items: readonly PlannedItem[],
  open: OpenNetwork,
  context: Pick<Context, 'options' | 'signal'>,
): Promise<void> {
  const { rootPath: path, network, secrets } = open;
  const { inventory } = network;
  const linted = path === null ? [] : await lint({ path, inventory }, context);
  const wrong = [
    ...linted.filter(({ isWarning }) => !isWarning),
    ...(await Promise.all(items.map((one) => refusedByCaddy(one, open, context)))).flat(),
  ];
  if (wrong.length > 0) throw invalid(shown(wrong, secrets));
}

async function refusedByCaddy(
  { item, write }: PlannedItem,
  { network, transports }: OpenNetwork,
  { options: { timeoutMs, noRestart }, signal }: Pick<Context, 'options' | 'signal'>,
): Promise<readonly FileFault[]> {
  const { files, hosts, services } = network.inventory;
  const file = files.find(({ id }) => id === item.id);
  if (file?.kind !== 'caddyfile' || write?.text == null) return [];
  const admin = adminOf(file, hosts.find(({ name }) => name === file.host) ?? null);
  if (admin === null) return [];
  const service = services.find(({ id }) => id === file.service);
  // One that hangs and is started anew reads its file then; no other is told what it may take later.
  const restarts = service === undefined || startsAnew(service);
  const asked = { transports, options: { timeoutMs, signal } };
  const said = await adapt(admin, write.text, asked);
  if (said.state === 'unanswered' && !noRestart && !restarts) {
    throw new UserError(`the Caddy of ${item.id} gives no answer at ${admin}: ${said.words}`, {
      ...{ code: 'NOT_ASKED', exitCode: 1 },
      hint: 'nothing was touched: see that it answers, or write the files with --no-restart',
    });
  }
  if (said.state !== 'refused') return [];
  return inFile(file.source, [faultAt(wholeText, said.words, 'mend it: Caddy does not take it')]);
}
