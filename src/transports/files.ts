import { constants } from 'node:fs';
import { type FileHandle, open, statfs } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import type { CallOptions, DiskUsage } from './contract.ts';
import type { FileSeen, FileTail, TailRequest, WriteRequest } from './contract-files.ts';
import { fileFault } from './fault-of-error.ts';
import { liesOn } from './lies-on.ts';
import { lookAtFile, notThere } from './look-at-file.ts';
import { createOneAtATime } from './one-at-a-time.ts';
import { replaceFile } from './replace-file.ts';
import { tailFile } from './tail-file.ts';

/** Of a file that is read, here or elsewhere. */
export const maxFileBytes = 1024 * 1024;
const pieceBytes = 16 * 1024;
const ours = { side: 'prober' } as const;

/** Files and mounts of this machine. */
interface Files {
  readFile(path: string, options: CallOptions): Promise<string>;
  lookAtFiles(paths: readonly string[], options: CallOptions): Promise<readonly FileSeen[]>;
  tailFile(request: Omit<TailRequest, 'on'>, options: CallOptions): Promise<FileTail>;
  writeFile(request: Omit<WriteRequest, 'on'>, options: CallOptions): Promise<void>;
  diskUsage(mount: string, options: CallOptions): Promise<DiskUsage>;
}

export function createFiles(): Files {
  const reads = createOneAtATime<string>();
  const looks = createOneAtATime<FileSeen>();
  const tails = createOneAtATime<FileTail>();
  const mounts = createOneAtATime<DiskUsage>();
  const writes = createOneAtATime<void>();
  return {
    readFile: (path, options) => reads.run(path, options, () => readBounded(withHome(path))),
    lookAtFiles: (paths, options) =>
      Promise.all(
        paths.map((path) =>
          looks
            .run(path, options, () => lookAtFile(path, withHome(path), readBounded))
            .catch((error: unknown) => heldUp(path, error)),
        ),
      ),
    tailFile: (request, options) =>
      tails.run(JSON.stringify(request), options, () => tailFile(withHome(request.path), request)),
    writeFile: (request, options) =>
      writes.run(JSON.stringify(request), options, () =>
        replaceFile(withHome(request.path), request),
      ),
    diskUsage: (mount, options) => mounts.run(mount, options, () => usageOf(mount)),
  };
}

/** `~/` as a shell has it. */
export function withHome(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}

/** A file on a mount that does not answer holds up no other. */
function heldUp(path: string, error: unknown): FileSeen {
  if (!(error instanceof FaultError) || error.fault.code !== 'timeout') throw error;
  return { ...notThere(path), fault: error.fault };
}

/** A pipe is never waited for, not even to be opened. */
async function readBounded(path: string): Promise<string> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      return await textOf(file, path);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileFault(error, path);
  }
}

/** A file of /proc says that its size is 0, so it is read until it ends, most often with the first piece. */
async function textOf(file: FileHandle, path: string): Promise<string> {
  if (!(await file.stat()).isFile()) {
    throw new FaultError(faultOf('not-found', `${path} is not a file`, ours));
  }
  const pieces: Buffer[] = [];
  for (let size = 0; size <= maxFileBytes; ) {
    const piece = Buffer.allocUnsafe(pieceBytes);
    const { bytesRead } = await file.read(piece, 0, piece.length);
    if (bytesRead === 0) return Buffer.concat(pieces).toString('utf8');
    pieces.push(piece.subarray(0, bytesRead));
    size += bytesRead;
  }
  throw new FaultError(
    faultOf('protocol', `${path} is larger than ${maxFileBytes / 1024} KiB`, ours),
  );
}

/** As df(1) counts: what only root may still use is neither used nor available. */
async function usageOf(mount: string): Promise<DiskUsage> {
  try {
    const { bsize, blocks, bfree, bavail } = await statfs(mount);
    return {
      usedBytes: (blocks - bfree) * bsize,
      availableBytes: bavail * bsize,
      sizeBytes: blocks * bsize,
      liesOn: await liesOn(mount),
    };
  } catch (error) {
    throw fileFault(error, mount);
  }
}
