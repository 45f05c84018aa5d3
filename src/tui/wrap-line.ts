import { beginningOf, steadyText, widthOf } from './cells.ts';
import { type Line, type Segment, seg, textOf, widthOfSegments } from './line.ts';

/**
 * A line as many rows as it takes, so that nothing of it is cut: a fingerprint that is half shown
 * compares with nothing. Between words, and within one only when it is longer than a row.
 */
export function wrapLine(line: Line, width: number): readonly Line[] {
  if (widthOfSegments(line.segments) <= width) return [line];
  const own = textOf(line).search(/[^ ]/);
  const hang = Math.max(0, Math.min(line.hang ?? own, Math.floor(width / 2)));
  const rows = createRows(width, hang);
  const words = line.segments.flatMap(wordsOf);
  for (const [index, word] of words.entries()) {
    const cells = widthOf(word.text);
    if (word.text.startsWith(' ')) rows.addBlank(word, cells);
    else if (cells <= width - hang) rows.addWhole(word, cells, cellsTogether(words.slice(index)));
    else rows.addBroken(word);
  }
  return rows.made.map((segments) => (line.look ? { segments, look: line.look } : { segments }));
}

function wordsOf({ text, tone }: Segment): readonly Segment[] {
  return (steadyText(text).match(/ +|[^ ]+/g) ?? []).map((word) => seg(word, tone));
}

/** A mark stays with the word that it is of: "✕ worker". */
function cellsTogether([mark, blank, word]: readonly Segment[]): number {
  const cells = widthOf(mark?.text ?? '');
  const isMark = cells === 1 && /[^\p{L}\p{N}]/u.test(mark?.text ?? '');
  return isMark && blank?.text === ' ' && word ? cells + 1 + widthOf(word.text) : cells;
}

interface Rows {
  readonly made: readonly (readonly Segment[])[];
  addBlank(blank: Segment, cells: number): void;
  /** `together` is how much must have room on one row, if any row has it. */
  addWhole(word: Segment, cells: number, together: number): void;
  addBroken(word: Segment): void;
}

function createRows(width: number, hang: number): Rows {
  const made: Segment[][] = [[]];
  let left = width;
  const begin = (): void => {
    made.push([seg(' '.repeat(hang))]);
    left = width - hang;
  };
  const add = (piece: Segment, cells: number): void => {
    made.at(-1)?.push(piece);
    left -= cells;
  };
  return {
    made,
    // A row after the first begins with a word.
    addBlank: (blank, cells) => {
      const isBegun = made.length === 1 || left < width - hang;
      if (isBegun) add(seg(blank.text.slice(0, left), blank.tone), Math.min(cells, left));
    },
    addWhole: (word, cells, together) => {
      if (cells > left || (together > left && together <= width - hang)) begin();
      add(word, cells);
    },
    addBroken: ({ text, tone }) => {
      for (let rest = text; rest !== ''; ) {
        if (left < 2) begin();
        const piece = beginningOf(rest, left);
        add({ text: piece, tone }, widthOf(piece));
        rest = rest.slice(piece.length);
      }
    },
  };
}
