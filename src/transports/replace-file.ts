import { createHash } from 'node:crypto';
import { chown, lstat, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import type { WriteRequest } from './contract-files.ts';
import { becameAnother, isLink, isNoFile, mayNotWrite } from './write-faults.ts';
import { dropLeftovers, syncFolder, writeFileAtomic } from './write-file.ts';

/**
 * Replaces a file of this machine as a whole, or takes it away, where what stands there is what was
 * seen; folders above it are made. Rejects with a FaultError, and has then written nothing.
 */
export async function replaceFile(
  place: string,
  { path, text, mode, was, owner }: Omit<WriteRequest, 'on'>,
): Promise<void> {
  try {
    const found = await lstatIfThere(place);
    if (found?.isSymbolicLink()) throw new FaultError(isLink(path));
    if (found !== null && !found.isFile()) throw new FaultError(isNoFile(path));
    const now = found === null ? null : sha256(await readFile(place));
    if (now !== was) throw new FaultError(becameAnother(path));
    await dropLeftovers(place);
    if (text === null) {
      await rm(place, { force: true });
      return await syncFolder(dirname(place));
    }
    await mkdir(dirname(place), { recursive: true });
    const theirs = ownerOf(owner) ?? found;
    const isRoot = process.getuid?.() === 0;
    await writeFileAtomic(place, text, Number.parseInt(mode, 8), async (temporary) => {
      if (isRoot && theirs !== null) await chown(temporary, theirs.uid, theirs.gid);
    });
  } catch (error) {
    throw writeFault(error, path);
  }
}

function ownerOf(owner: string | null | undefined) {
  const [, uid, gid] = /^(\d+):(\d+)$/.exec(owner ?? '') ?? [];
  return uid === undefined ? null : { uid: Number(uid), gid: Number(gid) };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function lstatIfThere(place: string) {
  return lstat(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

function writeFault(error: unknown, path: string): unknown {
  if (error instanceof FaultError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new FaultError(mayNotWrite(path, code), { cause: error });
  }
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  const words = full ? 'its disk is full' : code;
  const hint = full ? 'make room there' : 'look at its folder';
  return new FaultError(
    faultOf('protocol', `${path} could not be written: ${words}`, { side: 'prober', hint }),
    { cause: error },
  );
}
