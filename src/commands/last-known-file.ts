import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { NetworkState } from '../model/health.ts';
import { readLastKnown, writeLastKnown } from '../watch/last-known.ts';
import { afterBreak } from '../watch/wake.ts';
import type { Context } from './context.ts';
import type { OpenNetwork } from './open-network.ts';
import { readStateFile, type StateFile, writeStateFile } from './state-file.ts';

/** The last known state of a network; null when there is none. A damaged file is put aside and told. */
export async function loadLastKnown(
  open: OpenNetwork,
  { warn }: Pick<Context, 'warn'>,
): Promise<NetworkState | null> {
  const file = fileOf(open);
  const text = await readStateFile(file, { warn });
  if (text === null) return null;
  const state = readLastKnown(text, open.network);
  if (state === null) {
    const path = join(file.folder, file.name);
    await rename(path, `${path}.damaged`).catch(() => {});
    warn(`the last known state was damaged; it is kept as ${path}.damaged`);
  }
  return state && afterBreak(state, open.transports.clock.now());
}

/** Keeps the state for the next start. */
export function saveLastKnown(
  open: OpenNetwork,
  state: NetworkState,
  context: Pick<Context, 'warn'>,
): Promise<void> {
  return writeStateFile(fileOf(open), writeLastKnown(state), context);
}

function fileOf({ stateFolder }: OpenNetwork): StateFile {
  return { folder: stateFolder, name: 'state.json', what: 'the last known state' };
}
