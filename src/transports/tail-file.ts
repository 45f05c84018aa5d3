import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import type { FilePlace, FileTail, TailRequest } from './contract-files.ts';
import { fileFault } from './fault-of-error.ts';
import { pieceAfter, printBytes } from './tail-place.ts';

/** What stands in a file of this machine after a place. A pipe is never waited for. */
export async function tailFile(place: string, request: Omit<TailRequest, 'on'>): Promise<FileTail> {
  const { path, after } = request;
  try {
    const file = await open(place, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) {
        throw new FaultError(faultOf('not-found', `${path} is not a file`, { side: 'prober' }));
      }
      const { dev, ino, size } = stats;
      const id = `${dev}:${ino}`;
      const goesOn = after !== null && (await isFile(file, { id, size }, after));
      const { start, length, ...piece } = pieceAfter({ size, goesOn }, request);
      const bytes = await bytesOf(file, start, length);
      const print = length === 0 && goesOn ? after.print : await printOf(file, size);
      return { ...piece, text: bytes.toString('utf8'), place: { id, offset: size, print } };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileFault(error, path);
  }
}

/** One that was cut and has grown since is another one, though its number and its size are well. */
async function isFile(
  file: FileHandle,
  { id, size }: { readonly id: string; readonly size: number },
  after: FilePlace,
): Promise<boolean> {
  if (after.id !== id || after.offset > size) return false;
  return (await printOf(file, after.offset)) === after.print;
}

async function printOf(file: FileHandle, offset: number): Promise<string> {
  const length = Math.min(printBytes, offset);
  return (await bytesOf(file, offset - length, length)).toString('base64');
}

async function bytesOf(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, start);
  return bytes.subarray(0, bytesRead);
}
