import { readFile, realpath } from 'node:fs/promises';
import { mountWord } from '../model/mount-word.ts';

/** The kernel's table of what this process sees mounted; asking it touches no file system. */
const tablePath = '/proc/self/mounts';

/**
 * The mount point that a folder lies on. Null for one that is a mount point itself, links followed,
 * and where no table tells.
 */
export async function liesOn(path: string): Promise<string | null> {
  const [real, table] = await Promise.all([
    realpath(path),
    readFile(tablePath, 'utf8').catch(() => ''),
  ]);
  const points = table.split('\n').map((line) => mountWord(line.split(' ')[1] ?? ''));
  const above = points.filter((point) => point !== '' && isWithin(real, point));
  const nearest = above.toSorted((a, b) => b.length - a.length)[0] ?? real;
  return nearest === real ? null : nearest;
}

function isWithin(path: string, point: string): boolean {
  return path === point || path.startsWith(point === '/' ? '/' : `${point}/`);
}
