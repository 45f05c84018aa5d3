import type { FilePlace, FileTail } from './contract-files.ts';

/** What of a file is to be read. */
interface TailPiece extends Omit<FileTail, 'text' | 'place'> {
  readonly start: number;
  readonly length: number;
}

/** So many bytes before a place tell whether a file is still the one that was read so far. */
export const printBytes = 256;

/** Where to read on in a file of this size; `goesOn` where it is the one that was read so far. */
export function pieceAfter(
  { size, goesOn }: { readonly size: number; readonly goesOn: boolean },
  { after, maxBytes }: { readonly after: FilePlace | null; readonly maxBytes: number },
): TailPiece {
  const from = after !== null && goesOn ? after.offset : 0;
  const start = Math.max(from, size - maxBytes);
  return {
    ...{ start, length: size - start, skippedBytes: start - from },
    wasReplaced: after !== null && !goesOn,
  };
}
