import type { InventoryFault } from '../../inventory/fault.ts';
import { hideSecrets } from '../../model/hide-secrets.ts';
import { cleaner } from '../../model/plain-text.ts';
import type { TextFault } from '../../model/text-fault.ts';

/** What is wrong in a file of the root, by its path from there. */
export interface FileFault extends TextFault {
  readonly file: string;
}

/** The faults of one file. */
export function inFile(file: string, faults: readonly TextFault[]): readonly FileFault[] {
  return faults.map((fault) => ({ file, ...fault }));
}

/** The same in the shape of the inventory's faults, each once, by file and line, without secrets. */
export function shown(
  faults: readonly FileFault[],
  secrets: readonly string[],
): readonly InventoryFault[] {
  const clean = cleaner(secrets);
  const plain = faults.toSorted(byPlace).map(({ file, line, column, path, message, hint }) => ({
    ...{ file: clean(file), line, column, path: clean(path) },
    ...{ message: clean(hideSecrets(message)), hint: clean(hint) },
  }));
  return [...new Map(plain.map((one) => [JSON.stringify(one), one])).values()];
}

function byPlace(a: FileFault, b: FileFault): number {
  const byFile = a.file < b.file ? -1 : Number(a.file > b.file);
  return byFile || a.line - b.line || a.column - b.column;
}
