import { realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../model/errors.ts';
import { shellWord } from '../model/shell-word.ts';
import type { Context } from './context.ts';

/** What makes a folder a root. */
export const inventoryFile = 'inventory.yaml';

/** How a root was found: the first two are the user's word, the others come of looking around. */
export type RootBy = '--root' | '$JOELCLAW_ROOT' | 'ancestor' | 'config';

/** The folder of a network. `named` was said by the user and not found by looking around. */
export interface Root {
  readonly path: string;
  readonly named: boolean;
  readonly by: RootBy;
}

/** `--root`, `$JOELCLAW_ROOT`, the nearest ancestor with an inventory, `~/.config/joelclaw`. */
export async function findRoot(context: Context): Promise<Root> {
  const { options, env, cwd, home } = context;
  const named = options.root ?? (env['JOELCLAW_ROOT'] || null);
  if (named !== null) {
    return namedRoot(resolve(cwd, named), options.root === null ? '$JOELCLAW_ROOT' : '--root');
  }
  const config = join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'joelclaw');
  for (const folder of [...ancestors(cwd), config]) {
    if (await hasInventory(folder)) {
      await assertSafe(folder);
      const by = folder === config ? 'config' : 'ancestor';
      return { path: await realpath(folder), named: false, by };
    }
  }
  throw new UserError('no inventory.yaml here or above, and none in ~/.config/joelclaw', {
    code: 'ROOT_NOT_FOUND',
    hint: '`joelclaw init` writes one from what this machine has; `joelclaw lab` opens a simulated network, with nothing to install; `--root DIR` names the folder of one',
    exitCode: 78,
  });
}

async function namedRoot(path: string, by: RootBy): Promise<Root> {
  if (await hasInventory(path)) return { path: await realpath(path), named: true, by };
  await refuseOther(path);
  throw new UserError(`there is no ${inventoryFile} in ${path}`, {
    code: 'ROOT_NOT_FOUND',
    hint: `name the folder that holds it with --root, or let \`joelclaw init --root ${shellWord(path)}\` write one`,
    exitCode: 78,
  });
}

/** What has the name of an inventory and is no file is no missing one: `init` writes over nothing. */
async function refuseOther(folder: string): Promise<void> {
  const path = join(folder, inventoryFile);
  const found = await stat(path).catch(() => null);
  if (found === null) return;
  const what = found.isDirectory() ? 'is a folder' : 'is no regular file';
  throw new UserError(`${path} ${what}, where a file is wanted`, {
    code: 'INVENTORY_UNREADABLE',
    hint: `move it away, then \`joelclaw init --root ${shellWord(folder)}\` writes one, or name another folder with --root`,
    exitCode: 78,
  });
}

function ancestors(from: string): readonly string[] {
  const parent = dirname(from);
  return parent === from ? [from] : [from, ...ancestors(parent)];
}

async function hasInventory(folder: string): Promise<boolean> {
  return stat(join(folder, inventoryFile)).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** A folder that somebody else can write to must not decide what this user's joelclaw talks to. */
async function assertSafe(folder: string): Promise<void> {
  const path = join(folder, inventoryFile);
  const { uid, mode } = await stat(path);
  const own = process.getuid?.() ?? uid;
  if (uid === own && (mode & 0o022) === 0) return;
  const why = uid === own ? 'others may write to it' : 'it belongs to somebody else';
  throw new UserError(`${path} was found by looking around, and ${why}`, {
    code: 'ROOT_NOT_SAFE',
    hint:
      uid === own
        ? `chmod go-w ${path}, or name its folder with --root`
        : 'name its folder with --root',
    exitCode: 78,
  });
}
