import { hostname, userInfo } from 'node:os';
import { plainText } from '../../model/plain-text.ts';
import type { Context } from '../context.ts';

const longest = 80;

/** Who acts, for locks and the journal: `$JOELCLAW_ACTOR` (an agent's name), else the user and machine. */
export function actorOf({ env }: Pick<Context, 'env'>): string {
  const named = plainText(env['JOELCLAW_ACTOR'] ?? '', longest).trim();
  return named === '' ? `${userInfo().username}@${hostname()}` : named;
}
