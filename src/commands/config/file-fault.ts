import type { InventoryFault } from '../../inventory/fault.ts';
import type { TextFault } from '../../model/text-fault.ts';

/** What is wrong in a file of the root, by its path from there. */
export interface FileFault extends TextFault {
  readonly file: string;
}

/** The faults of one file. */
export function inFile(file: string, faults: readonly TextFault[]): readonly FileFault[] {
  return faults.map((fault) => ({ file, ...fault }));
}

/** The same in the shape of the inventory's faults, each once, by file and line. */
export function shown(faults: readonly FileFault[]): readonly InventoryFault[] {
  const sorted = faults.toSorted(
    (a, b) =>
      (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
  const plain = sorted.map(({ file, line, column, path, message, hint }) => ({
    file,
    line,
    column,
    path,
    message,
    hint,
  }));
  return [...new Map(plain.map((one) => [JSON.stringify(one), one])).values()];
}
