import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A folder of this machine; `~/` is its user's home. */
export async function isFolder(path: string): Promise<boolean> {
  const place = path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
  return stat(place).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
