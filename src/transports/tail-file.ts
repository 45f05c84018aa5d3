import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import type { FileTail, TailRequest } from './contract.ts';
import { fileFault } from './fault-of-error.ts';
import { pieceAfter } from './tail-place.ts';

/** What stands in a file of this machine after a place. A pipe is never waited for. */
export async function tailFile(place: string, request: Omit<TailRequest, 'on'>): Promise<FileTail> {
  const { path } = request;
  try {
    const file = await open(place, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) {
        throw new FaultError(faultOf('not-found', `${path} is not a file`, { side: 'prober' }));
      }
      const { dev, ino, size } = stats;
      const { start, length, ...piece } = pieceAfter({ id: `${dev}:${ino}`, size }, request);
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await file.read(bytes, 0, length, start);
      return { ...piece, text: bytes.subarray(0, bytesRead).toString('utf8') };
    } finally {
      await file.close();
    }
  } catch (error) {
    throw fileFault(error, path);
  }
}
