import { randomBytes } from 'node:crypto';
import { link, lstat, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../model/errors.ts';
import { writeFileAtomic } from '../../transports/write-file.ts';
import { makeFolder } from '../make-folder.ts';
import { inventoryFile } from '../root.ts';

/** Refuses a folder that has an inventory, whatever it is. */
export async function refuseExisting(folder: string): Promise<void> {
  const path = join(folder, inventoryFile);
  if (await lstat(path).catch(() => null)) throw exists(path);
}

/** Writes it as a whole or not at all, and never over another: a new name is given to whole bytes. */
export async function writeInventory(folder: string, text: string): Promise<void> {
  const path = join(folder, inventoryFile);
  const whole = join(folder, `.${inventoryFile}.${randomBytes(6).toString('hex')}.new`);
  try {
    await makeFolder(folder, 0o755);
    await writeFileAtomic(whole, text, 0o644);
    await giveName(whole, path);
  } catch (error) {
    if (error instanceof UserError) throw error;
    const { code = 'unknown error' } = error as NodeJS.ErrnoException;
    throw new UserError(`${path} could not be written (${code})`, {
      code: 'ROOT_NOT_WRITABLE',
      hint: 'look at the folder’s owner and mode, or name another one with --root',
      exitCode: 1,
    });
  } finally {
    await rm(whole, { force: true }).catch(() => {});
  }
}

/** A link is refused where the name is taken; a file system without links gets a rename. */
async function giveName(whole: string, path: string): Promise<void> {
  try {
    await link(whole, path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw exists(path);
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code)) throw error;
    await rename(whole, path);
  }
}

function exists(path: string): UserError {
  return new UserError(`${path} is there already, and is never overwritten`, {
    code: 'INVENTORY_EXISTS',
    hint: '`joelclaw init --dry-run` prints what it would write; --root names another folder',
    exitCode: 1,
  });
}
