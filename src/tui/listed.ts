import { classOf } from '../model/state.ts';
import { parseFilter } from './filter.ts';
import type { Known } from './known.ts';
import { type Layout, layoutOf, type Size } from './layout.ts';
import { sortedBy } from './sort.ts';
import { shownTab, type TabState, type UiState, withTab } from './ui-state.ts';
import type { Column, Subject, View } from './views/contract.ts';
import { subjectsOf, views } from './views/index.ts';

/** What the shown tab lists, and where its cursor stands. */
export interface Listed {
  readonly view: View;
  readonly columns: readonly Column[];
  /** Before filtering. */
  readonly all: readonly Subject[];
  readonly subjects: readonly Subject[];
  /** -1 when nothing is listed. */
  readonly cursor: number;
  readonly layout: Layout;
}

/** Everything that this version cannot call well. */
export function isProblem({ state }: Pick<Subject, 'state'>): boolean {
  return classOf(state) !== 'good';
}

/** Lists the shown tab: worst first, filtered, narrowed to problems. */
export function listedOf(ui: UiState, known: Known, size: Size): Listed {
  const view = views[ui.tab];
  const tab = shownTab(ui);
  const all = subjectsOf(ui.tab, known);
  const filtered = tab.filter === '' ? all : filteredBy(tab.filter, all);
  const shown = tab.problemsOnly ? filtered.filter((one) => stays(one, tab)) : filtered;
  const columns = columnsOf(view, all);
  const subjects = sortedBy(tab, columns, shown);
  return {
    view,
    columns,
    all,
    subjects,
    cursor: cursorOf(tab, subjects),
    layout: layoutOf(size, all.length),
  };
}

const lastColumns = new WeakMap<readonly Subject[], readonly Column[]>();

/** Their widths are those of all rows: made once for each list. */
function columnsOf(view: View, all: readonly Subject[]): readonly Column[] {
  const columns = lastColumns.get(all) ?? view.columns(all);
  lastColumns.set(all, columns);
  return columns;
}

const lastFiltered = new WeakMap<
  readonly Subject[],
  { readonly filter: string; readonly subjects: readonly Subject[] }
>();

/** One key asks several times: the last answer for a list is kept as long as the list is. */
function filteredBy(filter: string, all: readonly Subject[]): readonly Subject[] {
  const last = lastFiltered.get(all);
  if (last?.filter === filter) return last.subjects;
  const subjects = all.filter(parseFilter(filter));
  lastFiltered.set(all, { filter, subjects });
  return subjects;
}

/** What recovers under the cursor stays listed until the cursor leaves it: nothing slips away. */
function stays(subject: Subject, { selected }: TabState): boolean {
  return isProblem(subject) || subject.id === selected;
}

function cursorOf({ selected, lastIndex }: TabState, subjects: readonly Subject[]): number {
  if (selected === null || subjects.length === 0) return subjects.length === 0 ? -1 : 0;
  const found = subjects.findIndex(({ id }) => id === selected);
  return found >= 0 ? found : Math.min(lastIndex, subjects.length - 1);
}

/**
 * The shown tab with its scroll where the cursor can be seen: it moves at the edges only, and as
 * little as it must. Called after every key and every commit.
 */
export function settle(ui: UiState, { cursor, subjects, layout }: Listed): UiState {
  const tab = shownTab(ui);
  const { tableRows } = layout;
  const highest = Math.max(0, subjects.length - tableRows);
  const wanted = Math.min(Math.max(tab.scroll, cursor - tableRows + 1), Math.max(0, cursor));
  const scroll = Math.min(wanted, highest);
  const isThere = cursor >= 0 && subjects[cursor]?.id === tab.selected;
  const lastIndex = isThere ? cursor : tab.lastIndex;
  if (scroll === tab.scroll && lastIndex === tab.lastIndex) return ui;
  return withTab(ui, { scroll, lastIndex });
}
