import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that nobody else may enter (0700), made when it is first wanted, gone with the process. */
export interface PrivateFolder {
  path(): Promise<string>;
  remove(): Promise<void>;
}

export function createPrivateFolder(): PrivateFolder {
  let making: Promise<string> | null = null;
  let made: string | null = null;
  const removeNow = (): void => {
    if (made !== null) rmSync(made, { recursive: true, force: true });
  };
  const make = async (): Promise<string> => {
    made = await mkdtemp(join(shortTemporary(), 'jc-'));
    process.once('exit', removeNow);
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
      process.off('exit', removeNow);
      if (path !== null) await rm(path, { recursive: true, force: true });
      making = null;
      made = null;
    },
  };
}

/** The path of a socket within holds 104 bytes on macOS, of which ssh wants 17 while it makes it. */
function shortTemporary(): string {
  return tmpdir().length < 60 ? tmpdir() : '/tmp';
}
