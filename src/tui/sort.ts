import type { TabState } from './ui-state.ts';
import type { Column, Subject } from './views/contract.ts';

type Sort = Pick<TabState, 'sort' | 'reversed'>;

/** Worst first as they come, or by a column; equal ones as they come, whichever the direction. */
export function sortedBy(
  { sort, reversed }: Sort,
  columns: readonly Column[],
  subjects: readonly Subject[],
): readonly Subject[] {
  const order = orderOf(sort, columns);
  if (!order) return reversed ? subjects.toReversed() : subjects;
  const keyed = subjects.map((subject) => ({ subject, key: order(subject) }));
  keyed.sort((a, b) => compare(a.key, b.key, reversed));
  return keyed.map(({ subject }) => subject);
}

function compare(a: string | number | null, b: string | number | null, reversed: boolean): number {
  // What has no value stays at the end either way.
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const less = typeof a === 'number' && typeof b === 'number' ? b - a : wordsOrder(a, b);
  return reversed ? -less : less;
}

function wordsOrder(a: string | number, b: string | number): number {
  const [one, other] = [String(a).toLowerCase(), String(b).toLowerCase()];
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The columns that rows can be ordered by, `null` (worst first) before them. */
export function sortable(columns: readonly Column[]): readonly (string | null)[] {
  return [null, ...columns.filter(({ order }) => order).map(({ title }) => title)];
}

/**
 * "by LATENCY" and its direction; null where rows come as they do by themselves, as they also do when
 * the column of another day is not there.
 */
export function sortWords({ sort, reversed }: Sort, columns: readonly Column[]): string | null {
  if (orderOf(sort, columns) === undefined) return reversed ? 'best first' : null;
  return `by ${sort}${reversed ? ', reversed' : ''}`;
}

/** The mark in the heading: whether the column's values rise or fall from the top. */
export function directionMark(
  { sort, reversed }: Sort,
  columns: readonly Column[],
  subjects: readonly Subject[],
): string {
  const order = orderOf(sort, columns);
  if (!order) return '';
  const isWords = subjects.some((subject) => typeof order(subject) === 'string');
  return isWords === reversed ? '▾' : '▴';
}

function orderOf(sort: Sort['sort'], columns: readonly Column[]): Column['order'] {
  return columns.find(({ title }) => title === sort)?.order;
}
