import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Context } from './context.ts';

/** The program that opens a URL where somebody sits; null where nobody does. */
function openerOf(platform: string, env: Context['env']): string | null {
  if (platform === 'darwin') return 'open';
  return env['DISPLAY'] || env['WAYLAND_DISPLAY'] ? 'xdg-open' : null;
}

/** Opens it, or says it so that it can be copied. */
export async function openUrl(url: string, { env }: Pick<Context, 'env'>): Promise<string> {
  const opener = openerOf(process.platform, env);
  if (opener === null) return `no display here: ${url}`;
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true });
  child.unref();
  try {
    await once(child, 'spawn');
    return `opened ${url}`;
  } catch {
    return `${opener} is not installed: ${url}`;
  }
}
