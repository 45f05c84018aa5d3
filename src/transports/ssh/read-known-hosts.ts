import { readFile } from 'node:fs/promises';
import { fileFault } from '../fault-of-error.ts';
import { type KnownHost, parseKnownHosts } from './known-hosts.ts';

/** The lines of all the files that exist; one that may not be read is a fault, never an empty list. */
export async function readKnownHosts(files: readonly string[]): Promise<readonly KnownHost[]> {
  const all = await Promise.all(files.map(readOne));
  return all.flat();
}

async function readOne(file: string): Promise<readonly KnownHost[]> {
  try {
    return parseKnownHosts(await readFile(file, 'utf8'), file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw fileFault(error, file);
  }
}
