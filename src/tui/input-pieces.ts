/**
 * A piece of what a terminal sends. `unfinished` reaches to the end of what has come: more of it may
 * follow. `noise` is meant for no program that reads keys.
 */
export interface Piece {
  readonly kind: 'keys' | 'report' | 'noise' | 'unfinished';
  readonly text: string;
}

/** What is unfinished: for how long more of it is waited for depends on that. */
export type Unfinished = 'escape' | 'sequence' | 'string' | 'paste';

const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';

/* Control sequences are what these find: ECMA-48, §5.4 and §5.6. */
// biome-ignore-start lint/suspicious/noControlCharactersInRegex: see above
/** Focus in and out, and SGR mouse reports (xterm's control sequences). */
const report = /^\u001b\[(?:[IO]|<\d+;\d+;\d+[Mm])$/;
/** A whole one; of the Linux console's function keys (`ESC [ [ A`) and rxvt's with shift (`ESC [ 2 $`) too. */
const sequence = /\u001b\[(?:[2-8]\$|\[?[0-?]*[ -/]*[@-~])/y;
const sequenceBegun = /\u001b\[\[?[0-?]*[ -/]*/y;
/** DCS, SOS, OSC, PM and APC begin a string. It ends by ST or BEL; CAN, SUB, ctrl-c and another escape break it off. */
const stringBegun = /\u001b[PX\]^_]/y;
const stringEnd = /\u001b\\|[\u0007\u0018\u001a]|(?=[\u0003])|(?=\u001b[^\\])/g;
// biome-ignore-end lint/suspicious/noControlCharactersInRegex: see above

/** All that has come, in order, piece by piece. */
export function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  for (let at = 0; at < text.length; ) {
    const piece = pieceAt(text, at);
    pieces.push(piece);
    at += piece.text.length;
  }
  return pieces;
}

/** Which kind of unfinished piece this is. */
export function unfinishedOf(text: string): Unfinished {
  if (text.startsWith(pasteStart)) return 'paste';
  if (text === '\u001b' || text === '\u001b[') return 'escape';
  return matchAt(stringBegun, text, 0) === null ? 'sequence' : 'string';
}

/** What of a paste has come whose end has not. */
export function pastedIn(unfinished: string): string {
  return unfinished.slice(pasteStart.length);
}

function pieceAt(text: string, at: number): Piece {
  const rest = (kind: Piece['kind'], end: number): Piece => ({ kind, text: text.slice(at, end) });
  if (text[at] !== '\u001b') {
    const next = text.indexOf('\u001b', at);
    return rest('keys', next < 0 ? text.length : next);
  }
  if (at + 1 === text.length) return rest('unfinished', text.length);
  if (text.startsWith(pasteStart, at)) {
    const end = text.indexOf(pasteEnd, at);
    return end < 0 ? rest('unfinished', text.length) : rest('keys', end + pasteEnd.length);
  }
  const begun = matchAt(stringBegun, text, at);
  if (begun !== null) {
    const end = endOfString(text, at + begun.length);
    return end === null ? rest('unfinished', text.length) : rest('noise', end);
  }
  if (text[at + 1] === '[') return sequenceAt(text, at);
  // An escape before an escape is a key of its own; else alt and a character.
  return rest('keys', text[at + 1] === '\u001b' ? at + 1 : at + 2);
}

function sequenceAt(text: string, at: number): Piece {
  const whole = matchAt(sequence, text, at);
  if (whole !== null) return { kind: report.test(whole) ? 'report' : 'keys', text: whole };
  const begun = matchAt(sequenceBegun, text, at) ?? '';
  const isAll = at + begun.length === text.length;
  // What breaks off with a byte that stands in no sequence was none of a key's.
  return { kind: isAll ? 'unfinished' : 'noise', text: begun };
}

function endOfString(text: string, from: number): number | null {
  stringEnd.lastIndex = from;
  const found = stringEnd.exec(text);
  return found === null ? null : found.index + found[0].length;
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
