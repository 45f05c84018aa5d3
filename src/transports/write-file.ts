import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Replaces a file as a whole: a reader sees the old text or the new one, also after a power cut.
 * `mode` is the new file's, whatever the umask. Rejects with the plain error of the system
 * (ENOSPC, EROFS, EACCES) and leaves nothing behind; what that means is the caller's to say. `before` is
 * handed the new file before it takes the name.
 */
export async function writeFileAtomic(
  path: string,
  text: string,
  mode: number,
  before: (temporary: string) => Promise<void> = async () => {},
): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    await writeSynced(temporary, text, mode);
    await before(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    throw error;
  }
  await syncFolder(folder);
}

/**
 * Takes away what writes of that file have left in its folder whose process was killed. Only for who
 * alone writes it: what another one is at would go too.
 */
export async function dropLeftovers(path: string): Promise<void> {
  const [folder, head] = [dirname(path), `.${basename(path)}.`];
  const names = await readdir(folder).catch(() => []);
  const left = names.filter(
    (name) => name.startsWith(head) && /^[0-9a-f]{12}\.tmp$/.test(name.slice(head.length)),
  );
  for (const name of left) await rm(join(folder, name), { force: true }).catch(() => {});
}

/** Exclusive, so that a link planted under that name is never followed. */
async function writeSynced(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.chmod(mode);
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The rename itself is on disk only when its folder is. Some file systems refuse to sync one. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  await folder.sync().catch(() => {});
  await folder.close();
}
