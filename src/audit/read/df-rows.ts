import { linesOf } from './told.ts';

/** `size` and `available` are bytes, or numbers of inodes; `usedPercent` is null where df tells none. */
export interface DfRow {
  readonly device: string;
  readonly type: string | null;
  readonly size: number;
  readonly available: number;
  readonly usedPercent: number | null;
  readonly mount: string;
}

/** From the right: a device may have blanks in its name, and a mount begins with a slash. */
const figures = /(\d+)\s+(\d+)\s+(-?\d+)\s+(\d+%|-)\s+(\/.*)$/.source;
const row = new RegExp(`^(\\S.*?)\\s+()${figures}`);
const rowOfType = new RegExp(`^(\\S.*?)\\s+([\\w.-]+)\\s+${figures}`);

/** df(1) with -P, of coreutils and of BusyBox, with its types or without; -i counts inodes. */
export function dfRows(text: string): readonly DfRow[] {
  const [head = '', ...lines] = linesOf(text);
  const hasType = /^Filesystem\s+Type\b/.test(head);
  const [, block] = /\s(\d{1,5}|1K)-blocks\b/.exec(head) ?? [];
  const bytes = block === undefined ? 1 : block === '1K' ? 1024 : Number(block);
  return lines.flatMap((line) => {
    const found = (hasType ? rowOfType : row).exec(line);
    if (!found) return [];
    const [, device = '', type, size, , available, percent = '', mount = ''] = found;
    const used = percent === '-' ? null : Number(percent.slice(0, -1));
    return [
      {
        ...{ device, type: hasType ? (type ?? null) : null, mount, usedPercent: used },
        ...{ size: Number(size) * bytes, available: Math.max(0, Number(available)) * bytes },
      },
    ];
  });
}
