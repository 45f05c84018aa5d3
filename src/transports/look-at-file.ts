import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, stat } from 'node:fs/promises';
import { FaultError } from '../model/errors.ts';
import type { FileSeen } from './contract-files.ts';
import { fileFault } from './fault-of-error.ts';

const absent = new Set(['ENOENT', 'ENOTDIR']);

/** What is not there, as far as one can see. */
export function notThere(path: string): FileSeen {
  return {
    ...{ path, isThere: false, isLink: false, mode: null, owner: null },
    ...{ text: '', sha256: null, fault: null },
  };
}

/** Of the bytes of a text in UTF-8: what is no UTF-8 never has the sum of what was read of it. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A file of this machine as it lies there; `read` brings its text. It rejects with our bugs only. */
export async function lookAtFile(
  path: string,
  place: string,
  read: (place: string) => Promise<string>,
): Promise<FileSeen> {
  const seen = notThere(path);
  try {
    const isLink = (await lstat(place)).isSymbolicLink();
    const found = { ...seen, isLink };
    try {
      const { mode: bits, uid, gid, mtimeMs } = await stat(place);
      const changedAtMs = Math.floor(mtimeMs);
      const known = { mode: modeOf(bits), owner: `${uid}:${gid}`, changedAtMs };
      return await textAt({ ...found, isThere: true, ...known }, () => read(place));
    } catch (error) {
      // A link that leads nowhere.
      return unless(error, path, found);
    }
  } catch (error) {
    return unless(error, path, seen);
  }
}

async function textAt(found: FileSeen, read: () => Promise<string>): Promise<FileSeen> {
  try {
    const text = await read();
    return { ...found, text, sha256: sha256Of(text) };
  } catch (error) {
    if (error instanceof FaultError) return { ...found, fault: error.fault };
    throw error;
  }
}

/** Absence is an answer; what keeps us from looking is a fault of that file. */
function unless(error: unknown, path: string, seen: FileSeen): FileSeen {
  if (error instanceof Error && 'code' in error && absent.has(String(error.code))) return seen;
  const trouble = fileFault(error, path);
  if (trouble instanceof FaultError) return { ...seen, fault: trouble.fault };
  throw trouble;
}

function modeOf(bits: number): string {
  const all = constants.S_IRWXU | constants.S_IRWXG | constants.S_IRWXO | 0o7000;
  return (bits & all).toString(8).padStart(4, '0');
}
