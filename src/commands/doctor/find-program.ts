import { access, constants, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Where a program is started from, as execvp(3) looks; null when nothing of that name can be run. */
export async function findProgram(name: string, path: string): Promise<string | null> {
  const places = name.includes('/')
    ? [name]
    : path.split(delimiter).map((folder) => join(folder || '.', name));
  for (const place of places) {
    if (await runs(place)) return place;
  }
  return null;
}

/** A folder may be entered, which is the same right, and is no program. */
async function runs(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
