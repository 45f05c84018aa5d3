import { widthOf } from './cells.ts';

/**
 * A line on as many rows as it takes, broken at blanks where it has some, the rows after the first
 * hanging below the words of the first. Nothing of it is lost.
 */
export function hanging(line: string, width: number): readonly string[] {
  if (widthOf(line) <= width) return [line];
  const indent = Math.min(indentOf(line), Math.floor(width / 3));
  const rows: string[] = [];
  let row = '';
  let words = '';
  for (const word of line.split(/(?<= )(?=\S)/)) {
    if (words !== '' && widthOf(row + word.trimEnd()) > width) {
      rows.push(row.trimEnd());
      [row, words] = [' '.repeat(indent), ''];
    }
    for (const character of word) {
      if (widthOf(row + character.trimEnd()) > width) {
        rows.push(row);
        row = ' '.repeat(indent);
      }
      row += character;
    }
    words += word;
  }
  return [...rows, row.trimEnd()];
}

/** Where the words of a row begin, after its mark or its name. */
function indentOf(line: string): number {
  if (/^ +[✓✕·→]/.test(line)) return 4;
  return line.startsWith(' ') ? 12 : 2;
}
