import { UserError } from '../model/errors.ts';
import { envelope } from '../outputs/envelope.ts';
import { type Command, type Context, headOf } from './context.ts';
import { findRoot } from './root.ts';
import { readStateFile, type StateFile, writeStateFile } from './state-file.ts';
import { stateHome } from './state-folder.ts';

/** Lets `command` checks of this root run from now on, however it is found. */
export const trust: Command = async (context) => {
  const { path } = await findRoot(context);
  const roots = [...new Set([...(await trustedRoots(context)), path])].sort();
  const untold = (why: string): never => {
    throw new UserError(why, {
      code: 'NOT_TRUSTED',
      hint: 'name the folder with --root',
      exitCode: 1,
    });
  };
  const { dryRun, json } = context.options;
  if (!dryRun) {
    await writeStateFile(trustFile(context), `${roots.join('\n')}\n`, { warn: untold });
  }
  if (json) {
    const answer = { schema: 'joelclaw.trust/v1', ok: true, result: { dryRun, trusted: path } };
    await context.write(envelope(headOf(context, 'trust'), answer));
  } else await context.write(`${dryRun ? 'would be trusted' : 'trusted'}: ${path}\n`);
  return 0;
};

/** The roots whose `command` checks may run although nobody named them. */
export async function trustedRoots(context: Context): Promise<readonly string[]> {
  const text = await readStateFile(trustFile(context), context);
  return (text ?? '').split('\n').filter(Boolean);
}

function trustFile(context: Context): StateFile {
  return { folder: stateHome(context), name: 'trusted', what: 'the list of trusted roots' };
}
