import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Adoption } from '../../model/adoption.ts';
import { isAdoption } from '../../model/logged-takeover.ts';
import { writeFileAtomic } from '../../transports/write-file.ts';
import { makeFolder } from '../make-folder.ts';
import type { OpenNetwork } from '../open-network.ts';

type Kept = Pick<OpenNetwork, 'stateFolder' | 'rootPath'>;

/** Keeps what `infra apply` is to carry out, over what was kept of the same service. Rejects with plain errors. */
export async function keepAdoption({ stateFolder }: Kept, adoption: Adoption): Promise<void> {
  await makeFolder(join(stateFolder, 'adoptions'), 0o700);
  await writeFileAtomic(
    pathOf(stateFolder, adoption.service),
    `${JSON.stringify(adoption)}\n`,
    0o600,
  );
}

/** What waits to be carried out of a service; null for nothing, or what is not whole. */
export async function adoptionOf(
  { stateFolder, rootPath }: Kept,
  service: string,
): Promise<Adoption | null> {
  if (rootPath === null) return null;
  const text = await readFile(pathOf(stateFolder, service), 'utf8').catch(orNothing);
  if (text === null) return null;
  try {
    const kept: unknown = JSON.parse(text);
    return isAdoption(kept) ? (kept as Adoption) : null;
  } catch {
    return null;
  }
}

/** It was carried out, or has become needless. */
export async function dropAdoption({ stateFolder }: Kept, service: string): Promise<void> {
  await rm(pathOf(stateFolder, service), { force: true });
}

function pathOf(stateFolder: string, service: string): string {
  return join(stateFolder, 'adoptions', `${encodeURIComponent(service)}.json`);
}

function orNothing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}
