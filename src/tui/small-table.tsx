import { renderToString } from 'ink';
import { plainText } from '../model/plain-text.ts';
import { widthOf } from './cells.ts';
import { lineOf, textOf } from './line.ts';
import { Table } from './load-ink-table.ts';
import { wrapLine } from './wrap-line.ts';

/** A row of a small table: a cell for each column, in the columns' order. */
export type SmallRow = Readonly<Record<string, string>>;

/** What the frame around one column takes: a line and a space on either side. */
const frameWidth = 3;

/**
 * A small table as lines: facts, steps of a plan, what an audit found. ink-table draws a rule between
 * any two rows and counts a cell's characters, not its width: null where a cell is not as wide as it
 * is long, or nothing can be read of it, so that the caller tells it in words.
 */
export function smallTableLines(
  rows: readonly SmallRow[],
  width: number,
): readonly string[] | null {
  const names = Object.keys(rows[0] ?? {});
  const last = names.at(-1);
  if (last === undefined) return null;
  const taken = names
    .slice(0, -1)
    .reduce(
      (sum, name) =>
        sum + Math.max(name.length, ...rows.map((row) => row[name]?.length ?? 0)) + frameWidth,
      0,
    );
  const room = width - taken - frameWidth - 1;
  if (room < last.length || rows.some((row) => Object.values(row).some(isWide))) return null;
  const data = rows.flatMap((row) => inRows(row, last, room));
  // On a terminal it is bold: how a line looks is for whoever draws it.
  const drawn = renderToString(<Table data={data} />, { columns: width });
  const lines = drawn.split('\n').map((line) => plainText(line, width * 4));
  // A rule below the heading is enough.
  return lines.filter((line, index) => index < 3 || !line.startsWith('├'));
}

/** A row for each piece of its last cell, so that nothing of it is cut; what stands before it stands once. */
function inRows(row: SmallRow, last: string, room: number): readonly SmallRow[] {
  const none = Object.fromEntries(Object.keys(row).map((name) => [name, '']));
  return wrapLine(lineOf(row[last] ?? ''), room).map((piece, index) => ({
    ...(index === 0 ? row : none),
    [last]: textOf(piece).trimEnd(),
  }));
}

function isWide(text: string): boolean {
  return widthOf(text) !== text.length;
}
