import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomic } from '../transports/write-file.ts';
import type { Context } from './context.ts';
import { makeFolder } from './make-folder.ts';
import { whyNotKept } from './why-not-kept.ts';

/** A file of a network's state folder, and what it is called when something is told of it. */
export interface StateFile {
  readonly folder: string;
  readonly name: string;
  /** `the last known state` */
  readonly what: string;
}

/** Its text; null when there is none. One that cannot be read is told. */
export async function readStateFile(
  { folder, name, what }: StateFile,
  { warn }: Pick<Context, 'warn'>,
): Promise<string | null> {
  const path = join(folder, name);
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') warn(`${what} cannot be read (${error.code}): ${path}`);
    return null;
  });
}

/** Writes it atomically, 0600 in a folder 0700. A full or read-only disk is told, no more. */
export async function writeStateFile(
  { folder, name, what }: StateFile,
  text: string,
  { warn }: Pick<Context, 'warn'>,
): Promise<void> {
  try {
    await makeFolder(folder, 0o700);
    await writeFileAtomic(join(folder, name), text, 0o600);
  } catch (error) {
    warn(`${what} could not be kept (${whyNotKept(error)}): ${folder}`);
  }
}
