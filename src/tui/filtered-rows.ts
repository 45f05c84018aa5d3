import {
  firstAfter,
  type LogRow,
  type LogRows,
  type LogsUi,
  type LogsView,
  rowMatcher,
} from './logs-view.ts';

/** What a filter has left of the rows of before. */
interface Filtered {
  readonly filter: string;
  readonly rows: LogRows;
  readonly left: readonly LogRow[];
}

/** By the ids of the logs in view: they are the same list as long as these are followed. */
const last = new WeakMap<LogsView['ids'], Filtered>();

/**
 * The rows that the filter leaves. Each line is looked at once: of the same logs, only what has come
 * since the last question, and what is not kept any more is taken away.
 */
export function filteredRows(
  { ids, rows }: Pick<LogsView, 'ids' | 'rows'>,
  { filter }: Pick<LogsUi, 'filter'>,
): LogRows {
  if (filter === '') return rows;
  const before = last.get(ids);
  if (before?.filter === filter && before.rows === rows) return before.left;
  const known = before?.filter === filter ? stillThere(before, rows) : 0;
  const kept = known === 0 || !before ? [] : without(before.left, numberBefore(rows));
  const fresh = rows.slice(known).filter(rowMatcher(filter));
  const left = fresh.length === 0 ? kept : kept.concat(fresh);
  last.set(ids, { filter, rows, left });
  return left;
}

/** How many of these rows were there before, from the first one on; 0 where they go on from no row of before. */
function stillThere({ rows: before }: Filtered, rows: LogRows): number {
  const newest = before.at(before.length - 1);
  if (!newest) return 0;
  const known = firstAfter(rows, newest.number);
  return known > 0 && rows.at(known - 1) === newest ? known : 0;
}

/** Copied only where something has gone: there may be a hundred thousand. */
function without(rows: readonly LogRow[], upTo: number): readonly LogRow[] {
  const from = firstAfter(rows, upTo);
  return from === 0 ? rows : rows.slice(from);
}

function numberBefore(rows: LogRows): number {
  return (rows.at(0)?.number ?? 0) - 1;
}
