import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../transports/write-file.ts';
import type { Command, Context } from './context.ts';
import { findRoot } from './root.ts';
import { stateHome } from './state-folder.ts';

const fileName = 'trusted';

/** Lets `command` checks of this root run from now on, however it is found. */
export const trust: Command = async (context) => {
  const { path } = await findRoot(context);
  const known = await trustedRoots(context);
  const home = stateHome(context);
  await mkdir(home, { recursive: true, mode: 0o700 });
  const roots = [...new Set([...known, path])].sort();
  await writeFileAtomic(join(home, fileName), `${roots.join('\n')}\n`, 0o600);
  await context.write(`trusted: ${path}\n`);
  return 0;
};

/** The roots whose `command` checks may run although nobody named them. */
export async function trustedRoots(context: Context): Promise<readonly string[]> {
  const text = await readFile(join(stateHome(context), fileName), 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean);
}
