import type { LogRow, LogRows } from '../../tui/logs-view.ts';

/** Rows that come at one end and go at the other. */
export interface GrowingRows {
  add(row: LogRow): void;
  /** The oldest goes. Returns it; undefined when there is none. */
  drop(): LogRow | undefined;
  /** The rows as they are now: what comes and goes afterwards changes nothing of it. */
  now(): LogRows;
}

/**
 * A hundred thousand rows are not copied for each that comes: what is given out is a piece of one list
 * that only grows. It is made anew when an eighth of it has gone.
 */
export function createGrowingRows(): GrowingRows {
  let all: LogRow[] = [];
  let start = 0;
  return {
    add: (row) => void all.push(row),
    drop: () => {
      const row = all[start];
      if (row === undefined) return undefined;
      start++;
      if (start * 8 > all.length) [all, start] = [all.slice(start), 0];
      return row;
    },
    now: () => pieceOf(all, start, all.length),
  };
}

function pieceOf(all: readonly LogRow[], start: number, end: number): LogRows {
  return {
    length: end - start,
    at: (index) => (index < 0 || index >= end - start ? undefined : all[start + index]),
    slice: (from) => all.slice(start + from, end),
  };
}
