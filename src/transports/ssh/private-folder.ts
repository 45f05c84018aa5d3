import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guardFolder } from './guard-folder.ts';

/** A folder that nobody else may enter (0700), made when it is first wanted, gone with the process however that ends. */
export interface PrivateFolder {
  path(): Promise<string>;
  remove(): Promise<void>;
}

export function createPrivateFolder(): PrivateFolder {
  let making: Promise<string> | null = null;
  let guard: ReturnType<typeof guardFolder> | null = null;
  const make = async (): Promise<string> => {
    const made = await mkdtemp(join(shortTemporary(), 'jc-'));
    guard = guardFolder(made);
    return made;
  };
  return {
    path: async () => {
      making ??= make();
      const path = await making;
      // What cleans temporary folders may have taken it meanwhile.
      await mkdir(path, { recursive: true, mode: 0o700 });
      return path;
    },
    remove: async () => {
      const path = await making;
      await guard?.end();
      if (path !== null) await rm(path, { recursive: true, force: true });
      making = null;
      guard = null;
    },
  };
}

/** The path of a socket within holds 104 bytes on macOS, of which ssh wants 17 while it makes it. */
function shortTemporary(): string {
  return tmpdir().length < 60 ? tmpdir() : '/tmp';
}
