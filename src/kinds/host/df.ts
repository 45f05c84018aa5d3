import { answerOf, lastLineOf, type Section } from '../shell/sections.ts';
import type { DiskFacts, UnseenDisk } from './facts.ts';

/** A row of `df -kP`, in bytes. */
export interface DfRow {
  readonly source: string;
  readonly mount: string;
  readonly sizeBytes: number;
  readonly usedBytes: number;
  readonly availableBytes: number;
}

/**
 * `df -kP`: six columns in 1024-byte blocks, split from the right as a name may hold spaces. What has
 * no blocks (proc, autofs) shows no percentage.
 */
export function dfRows(text: string): readonly DfRow[] {
  const rows = text.matchAll(/^(.+?)\s+(\d+)\s+(\d+)\s+(-?\d+)\s+(?:\d+%|-)\s+(\/.*)$/gm);
  return [...rows].map(([, source = '', size, used, available, mount = '']) => ({
    source,
    mount,
    sizeBytes: Number(size) * 1024,
    usedBytes: Number(used) * 1024,
    availableBytes: Number(available) * 1024,
  }));
}

/** What df says of one wanted mount, looked for under `target`, or why that cannot be told. */
export function diskSeen(
  mount: string,
  section: Section | undefined,
  diskOf: (text: string, mount: string) => DiskFacts | null,
): DiskFacts | UnseenDisk {
  const answer = answerOf(section);
  if (!answer) return { mount, why: 'does not answer' };
  if (answer.exitCode === 127) return { mount, why: 'was not looked at: df is missing' };
  const disk = diskOf(answer.text, mount);
  if (disk) return disk;
  const [row] = dfRows(answer.text);
  if (row) return notMounted(mount, row.mount);
  const said = lastLineOf(answer);
  if (/no such file|can't find mount point/i.test(said)) return { mount, why: 'is not there' };
  return {
    mount,
    why: `is not understood: ${said === '' ? 'df says nothing' : said}`,
  };
}

/** A folder without a file system of its own has the figures of another, which say nothing of it. */
export function notMounted(mount: string, liesOn: string): UnseenDisk {
  return { mount, why: 'is not mounted', liesOn };
}

/** A mount point as df names it. */
export function mountName(path: string): string {
  return path.replace(/(.)\/+$/, '$1');
}

/** Sorted into those seen and those not. */
export function sortDisks(all: readonly (DiskFacts | UnseenDisk)[]): {
  readonly disks: readonly DiskFacts[];
  readonly unseenDisks: readonly UnseenDisk[];
} {
  return {
    disks: all.filter((disk): disk is DiskFacts => !('why' in disk)),
    unseenDisks: all.filter((disk): disk is UnseenDisk => 'why' in disk),
  };
}
