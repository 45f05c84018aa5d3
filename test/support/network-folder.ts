import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface NetworkFolder {
  /** Where inventory.yaml lies. */
  readonly root: string;
  /** For `JOELCLAW_STATE`. */
  readonly state: string;
  write(inventory: string): Promise<void>;
  remove(): Promise<void>;
}

/** A root with an inventory and a state folder of its own, in a temporary place. */
export async function makeNetworkFolder(inventory: string): Promise<NetworkFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'joelclaw-root-'));
  const root = join(folder, 'root');
  const state = join(folder, 'state');
  await mkdir(root);
  const write = (text: string): Promise<void> => writeFile(join(root, 'inventory.yaml'), text);
  await write(inventory);
  return { root, state, write, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Makes the folder `infra` of the repo, and beside it one where its files go, which is returned. */
export async function makeLiveFolder({ root, state }: NetworkFolder): Promise<string> {
  const live = join(state, '..', 'live');
  await Promise.all([mkdir(join(root, 'infra')), mkdir(live)]);
  return live;
}
