import type { Act } from './act.ts';
import { type DoAct, just, type Reduced, type Surroundings, say } from './acts.ts';
import { sortable, sortWords } from './sort.ts';
import { shownTab, type UiState, withTab } from './ui-state.ts';

/** What orders a list and marks its rows. */
export const listActs: Readonly<Partial<Record<Act, DoAct>>> = {
  sort: (ui, at, key) => sortByNext(ui, at, key === '<' ? -1 : 1),
  reverse: (ui, { listed }) => {
    const changed = withTab(ui, { reversed: !shownTab(ui).reversed });
    return say(changed, sortWords(shownTab(changed), listed.columns) ?? 'worst first');
  },
  mark: markOne,
  'mark-range': markRange,
  'mark-all': markAll,
};

function sortByNext(ui: UiState, { listed }: Surroundings, step: 1 | -1): Reduced {
  const choices = sortable(listed.columns);
  const from = Math.max(0, choices.indexOf(shownTab(ui).sort));
  const sort = choices[(from + step + choices.length) % choices.length] ?? null;
  const changed = withTab(ui, { sort, reversed: false });
  return say(changed, sortWords(shownTab(changed), listed.columns) ?? 'worst first');
}

/** Marks what is under the cursor, or takes its mark back, and goes on to the next. */
function markOne(ui: UiState, { listed }: Surroundings): Reduced {
  const { subjects, cursor } = listed;
  const id = subjects[cursor]?.id;
  if (id === undefined) return say(ui, 'nothing is selected to mark');
  const { marks } = shownTab(ui);
  const kept = marks.includes(id) ? marks.filter((one) => one !== id) : [...marks, id];
  const next = Math.min(cursor + 1, subjects.length - 1);
  const selected = subjects[next]?.id ?? id;
  return just(withTab(ui, { marks: kept, selected, lastIndex: next }));
}

/** From the last mark that is listed to the cursor, whichever is above. */
function markRange(ui: UiState, { listed }: Surroundings): Reduced {
  const { subjects, cursor } = listed;
  const { marks } = shownTab(ui);
  const last = marks.findLast((mark) => subjects.some(({ id }) => id === mark));
  const from = subjects.findIndex(({ id }) => id === last);
  if (from < 0) return say(ui, 'mark one with space first: V then marks from there to the cursor');
  const range = subjects
    .slice(Math.min(from, cursor), Math.max(from, cursor) + 1)
    .map(({ id }) => id);
  return just(withTab(ui, { marks: [...new Set([...marks, ...range])] }));
}

function markAll(ui: UiState, { listed }: Surroundings): Reduced {
  const shown = listed.subjects.map(({ id }) => id);
  if (shown.length === 0) return say(ui, 'nothing is listed to mark');
  const { marks } = shownTab(ui);
  const isAll = shown.every((id) => marks.includes(id));
  const kept = isAll
    ? marks.filter((id) => !shown.includes(id))
    : [...new Set([...marks, ...shown])];
  return just(withTab(ui, { marks: kept }));
}
