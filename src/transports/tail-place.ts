import type { FilePlace, FileTail } from './contract.ts';

/** What of a file is to be read. */
interface TailPiece extends Omit<FileTail, 'text'> {
  readonly start: number;
  readonly length: number;
}

/** Where to read on in a file that is of this id and size now. */
export function pieceAfter(
  { id, size }: { readonly id: string; readonly size: number },
  { after, maxBytes }: { readonly after: FilePlace | null; readonly maxBytes: number },
): TailPiece {
  const goesOn = after !== null && after.id === id && after.offset <= size;
  const from = goesOn ? after.offset : 0;
  const start = Math.max(from, size - maxBytes);
  return {
    ...{ start, length: size - start, place: { id, offset: size } },
    skippedBytes: start - from,
    wasReplaced: after !== null && !goesOn,
  };
}
