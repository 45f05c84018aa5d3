import { mountWord } from '../../model/mount-word.ts';

/** One line of a mount table. */
export interface MountEntry {
  readonly source: string;
  readonly type: string;
  readonly readOnly: boolean;
}

/** proc_mounts(5): `source path type options`, blanks as `\040`. The last on a path covers the others. */
export function linuxEntry(table: string, path: string): MountEntry | null {
  const rows = table.split('\n').map((line) => line.split(' ').map(mountWord));
  const row = rows.findLast(([, at]) => at === path);
  if (!row) return null;
  const [source = '', , type = '', options = ''] = row;
  return { source, type, readOnly: options.split(',').includes('ro') };
}

/** mount(8) of macOS: `source on path (type, option, …)`; names may hold blanks. */
export function macEntry(table: string, path: string): MountEntry | null {
  const middle = ` on ${path} (`;
  const line = table.split('\n').findLast((one) => one.includes(middle) && one.endsWith(')'));
  if (line === undefined) return null;
  const at = line.lastIndexOf(middle);
  const [type = '', ...options] = line.slice(at + middle.length, -1).split(', ');
  return { source: line.slice(0, at), type, readOnly: options.includes('read-only') };
}
