import type { Located } from '../../inventory/document.ts';
import type { Inventory } from '../../model/inventory.ts';
import { isFolder } from '../is-folder.ts';
import type { FileFault } from './file-fault.ts';

/** The vault must be a folder of this machine: an audit makes none, and would write nowhere. */
export async function vaultFaults(
  { vault = null }: Inventory,
  located: Located,
): Promise<readonly FileFault[]> {
  if (vault === null || (await isFolder(vault))) return [];
  return [
    {
      ...located.faultAt(['vault'], {
        message: `${vault} is no folder of this machine`,
        hint: 'the folder of the Obsidian vault, or leave it out',
      }),
      isWarning: false,
    },
  ];
}
