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
  const count = narrowed ? `${subjects.length} of ${all.length}` : `${all.length}`;
  const left = [
    seg(view.title, 'strong'),
    seg(` ${count}`),
    ...(tab.marks.length > 0 ? [seg(' · '), seg(`${tab.marks.length} marked`, 'accent')] : []),
    ...(sorted === null ? [] : [seg(` · ${sorted}`)]),
    ...(tab.problemsOnly ? [seg(' · '), seg('problems only', 'warn')] : []),
    ...(tab.filter !== '' || more.typing ? [seg(' · '), seg(`/${tab.filter}`, 'accent')] : []),
    ...(more.typing ? [seg('▏')] : []),
  ];
  return ruleLine(left, whereWords(subjects.length, layout.tableRows, tab.scroll), more.width);
}

/** Which rows are seen, when not all are. */
function whereWords(count: number, rows: number, scroll: number): readonly Segment[] {
  if (count <= rows || rows === 0) return [];
  return [seg(`${scroll + 1}–${Math.min(count, scroll + rows)}`, 'dim')];
}
