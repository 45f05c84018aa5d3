import { mkdir, readFile, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { NetworkState } from '../model/health.ts';
import { writeFileAtomic } from '../transports/write-file.ts';
import { readLastKnown, writeLastKnown } from '../watch/last-known.ts';
import type { Context } from './context.ts';
import type { OpenNetwork } from './open-network.ts';

const fileName = 'state.json';

/** The last known state of a network; null when there is none. A damaged file is put aside and told. */
export async function loadLastKnown(
  { stateFolder, network }: OpenNetwork,
  { warn }: Pick<Context, 'warn'>,
): Promise<NetworkState | null> {
  const path = join(stateFolder, fileName);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT')
      warn(`the last known state cannot be read (${error.code}): ${path}`);
    return null;
  });
  if (text === null) return null;
  const state = readLastKnown(text, network);
  if (state === null) {
    await rename(path, `${path}.damaged`).catch(() => {});
    warn(`the last known state was damaged; it is kept as ${path}.damaged`);
  }
  return state;
}

/** Writes the state atomically, 0600 in a folder 0700. A full or read-only disk is told, no more. */
export async function saveLastKnown(
  { stateFolder }: OpenNetwork,
  state: NetworkState,
  { warn }: Pick<Context, 'warn'>,
): Promise<void> {
  try {
    await makeFolder(stateFolder);
    await writeFileAtomic(join(stateFolder, fileName), writeLastKnown(state), 0o600);
  } catch (error) {
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    warn(`the last known state could not be kept (${code}): ${stateFolder}`);
  }
}

/** The folder and those above it. The last step is not recursive, as that hides why it failed. */
async function makeFolder(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
