import { createHash } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { UserError } from '../model/errors.ts';
import type { Context } from './context.ts';

/** `$JOELCLAW_STATE`, `$XDG_STATE_HOME/joelclaw` or `~/.local/state/joelclaw`. */
export function stateHome({ env, home }: Pick<Context, 'env' | 'home'>): string {
  const own = env['JOELCLAW_STATE'];
  if (own && !isAbsolute(own)) {
    throw new UserError(`JOELCLAW_STATE is ${own}: where that is depends on where one stands`, {
      hint: 'name a folder that begins with /',
    });
  }
  if (own) return own;
  return join(env['XDG_STATE_HOME'] || join(home, '.local', 'state'), 'joelclaw');
}

/** joelclaw's own known_hosts: the keys of hosts that `audit trust` has pinned. */
export function pinnedKeysFile(context: Pick<Context, 'env' | 'home'>): string {
  return join(stateHome(context), 'known_hosts');
}

/** One folder a network: its name and 8 hex digits of its root's real path. */
export function networkFolder(name: string, rootPath: string): string {
  const digest = createHash('sha256').update(rootPath).digest('hex');
  return `${name}-${digest.slice(0, 8)}`;
}
