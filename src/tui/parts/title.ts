import { filterFault } from '../filter.ts';
import { type Line, type Segment, seg, spread } from '../line.ts';
import type { Listed } from '../listed.ts';
import { sortWords } from '../sort.ts';
import type { TabState } from '../ui-state.ts';

const rule = seg('─', 'dim');

/** A rule that says what lies below it. */
export function ruleLine(left: readonly Segment[], right: readonly Segment[], width: number): Line {
  const ends = right.length === 0 ? [] : [seg(' '), ...right, seg(' ─', 'dim')];
  const begin = left.length === 0 ? [rule] : [seg('─ ', 'dim'), ...left, seg(' ')];
  return spread(begin, ends, { width, fill: rule });
}

/** The table's title: how many of how many, and why not all. */
export function titleLine(
  listed: Listed,
  tab: TabState,
  more: { readonly typing: boolean; readonly width: number },
): Line {
  const { view, subjects, all, layout } = listed;
  const narrowed = tab.filter !== '' || tab.problemsOnly || more.typing;
  const sorted = sortWords(tab, listed.columns);
  const marked = markedWords(listed, tab);
  const count = narrowed ? `${subjects.length} of ${all.length}` : `${all.length}`;
  const left = [
    seg(view.title, 'strong'),
    seg(` ${count}`),
    // What hides rows comes first: the end may be cut.
    ...(tab.filter !== '' || more.typing ? filterSegments(tab.filter, more.typing) : []),
    ...(tab.problemsOnly ? [seg(' · '), seg(problemsWords(more.width), 'warn')] : []),
    ...(marked === null ? [] : [seg(' · '), seg(marked, 'accent')]),
    ...(sorted === null ? [] : [seg(` · ${sorted}`)]),
  ];
  return ruleLine(left, whereWords(subjects.length, layout.tableRows, tab.scroll), more.width);
}

function problemsWords(width: number): string {
  return width < 60 ? 'problems' : 'problems only';
}

/** A filter as it stands in a title, with the cursor while it is typed; why it is none where it is none. */
export function filterSegments(filter: string, typing: boolean): readonly Segment[] {
  return [
    seg(' · '),
    seg(`/${filter}`, 'accent'),
    ...(typing ? [seg('▏')] : []),
    ...faultSegments(filterFault(filter)),
  ];
}

/** Beside what is typed: why it is no regex. */
export function faultSegments(fault: string | null): readonly Segment[] {
  return fault === null ? [] : [seg(` not a regex: ${fault}`, 'warn')];
}

/** How many are marked; what a filter hides of them is told. What is gone is marked no more. */
function markedWords({ all, subjects }: Listed, { marks }: TabState): string | null {
  if (marks.length === 0) return null;
  const wanted = new Set(marks);
  const count = (list: Listed['all']): number => list.filter(({ id }) => wanted.has(id)).length;
  const marked = count(all);
  const hidden = marked - count(subjects);
  if (marked === 0) return null;
  return hidden === 0 ? `${marked} marked` : `${marked} marked, ${hidden} of them not shown`;
}

/** Which rows are seen, when not all are. */
function whereWords(count: number, rows: number, scroll: number): readonly Segment[] {
  if (count <= rows || rows === 0) return [];
  return [seg(`${scroll + 1}–${Math.min(count, scroll + rows)}`, 'dim')];
}
