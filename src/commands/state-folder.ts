import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Context } from './context.ts';

/** `$JOELCLAW_STATE`, `$XDG_STATE_HOME/joelclaw` or `~/.local/state/joelclaw`. */
export function stateHome({ env, home }: Pick<Context, 'env' | 'home'>): string {
  const own = env['JOELCLAW_STATE'];
  if (own) return own;
  return join(env['XDG_STATE_HOME'] || join(home, '.local', 'state'), 'joelclaw');
}

/** One folder a network: its name and 8 hex digits of its root's real path. */
export function networkFolder(name: string, rootPath: string): string {
  const digest = createHash('sha256').update(rootPath).digest('hex');
  return `${name}-${digest.slice(0, 8)}`;
}
