import { parsePattern } from './pattern.ts';

/** A line of a log as it is shown. */
export interface LogRow {
  /** Counts all lines that ever came: a place in the log that no new line moves. */
  readonly number: number;
  /** Milliseconds since 1970; null where it does not tell. */
  readonly atMs: number | null;
  /** Whose it is, where several are shown; its index chooses a colour. */
  readonly tag: string;
  readonly tagIndex: number;
  readonly text: string;
}

/** Rows by the order in which they came, their numbers ascending: an array, or a piece of one. */
export interface LogRows {
  readonly length: number;
  /** Of an index from 0 on; undefined beyond the end. */
  at(index: number): LogRow | undefined;
  /** From an index on. */
  slice(from: number): readonly LogRow[];
}

/** Logs that are followed: who is told, what has come so far, how the stream is. */
export interface LogsView {
  readonly ids: readonly string[];
  readonly rows: LogRows;
  /** Lines that came and are not kept any more. */
  readonly dropped: number;
  /** What is away, or being read for the first time; null while all are live. */
  readonly trouble: string | null;
}

/** What the keys change of it. */
export interface LogsUi {
  /** The number of the lowest line that is shown; null follows. */
  readonly bottom: number | null;
  readonly filter: string;
  readonly search: string;
  readonly typing: 'filter' | 'search' | null;
  readonly times: boolean;
  readonly wrap: boolean;
}

/** Follows, with times, each line cut at the screen's edge. */
export const freshLogs: LogsUi = {
  ...{ bottom: null, filter: '', search: '', typing: null, times: true, wrap: false },
};

/** A service's name before its lines, where several are shown: its id where another has that name too. */
export function tagOf(id: string, ids: readonly string[]): string {
  if (ids.length < 2) return '';
  const name = nameOf(id);
  return ids.filter((one) => nameOf(one) === name).length > 1 ? id : name;
}

function nameOf(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

/** As a list's filter, but for what narrows lists: text, a regex, `!not`, `~fuzzy`; of a line or its tag. */
export function rowMatcher(text: string): (row: LogRow) => boolean {
  const { isFuzzy, inverts, matches } = parsePattern(text.trim());
  const isTagged = !isFuzzy;
  return ({ tag, text: line }) =>
    (matches(line) || (isTagged && tag !== '' && matches(tag))) !== inverts;
}

/** The index of the lowest row that is shown; -1 of none. */
export function bottomIndex(rows: LogRows, { bottom }: LogsUi): number {
  return bottom === null
    ? rows.length - 1
    : Math.max(firstAfter(rows, bottom) - 1, Math.min(0, rows.length - 1));
}

/** The index of the first row with a higher number; their number when there is none. */
export function firstAfter(rows: LogRows, number: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((rows.at(middle)?.number ?? 0) <= number) low = middle + 1;
    else high = middle;
  }
  return low;
}
