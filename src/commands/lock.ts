import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';

/** Held by whoever polls a network and keeps its state, or by whoever acts on a unit. */
export interface Lock {
  release(): void;
}

/** SQLITE_BUSY (sqlite.org/rescode.html): somebody else holds it. */
const busy = 5;

/** Takes a network's `poll.lock`; null when another process holds it. */
export function takePollLock(stateFolder: string): Promise<Lock | null> {
  return takeLock(stateFolder, 'poll.lock');
}

/**
 * Takes the lock of this file; null when another process holds it. It is a lock of the operating
 * system, by way of SQLite: it ends with its process, however that ends, so none is ever stale.
 * Throws the file system's error when the folder or the file cannot be made.
 */
export async function takeLock(folder: string, name: string): Promise<Lock | null> {
  await makeFolder(folder, 0o700);
  const path = join(folder, name);
  makePrivate(path);
  const { DatabaseSync } = process.getBuiltinModule('node:sqlite');
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { readonly errcode?: number }).errcode === busy) return null;
    throw error;
  }
  return { release: () => database.close() };
}

/** Never opened where it exists: closing it again would end a lock that this process has on it. */
function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
