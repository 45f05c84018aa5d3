import type { ActionView } from './action-view.ts';
import type { Known } from './known.ts';
import type { Size } from './layout.ts';
import { listedOf } from './listed.ts';
import { shownTab, type UiState, withTab } from './ui-state.ts';

/** Title and heading stand above the table's first row. */
const aboveRows = 4;

interface Clicked {
  readonly ui: UiState;
  readonly known: Known;
  readonly size: Size;
  readonly action: ActionView | null;
}

/** The state after a click upon this row of the screen; nothing where something lies over the table. */
export function clicked({ ui, known, size, action }: Clicked, row: number): UiState {
  const { subjects, layout } = listedOf(ui, known, size);
  const index = shownTab(ui).scroll + row - aboveRows;
  const isDialog = action !== null && !ui.actionHidden;
  const isOver =
    isDialog || ui.audit || ui.logs || ui.help || ui.palette || ui.events || shownTab(ui).details;
  const subject =
    row < aboveRows || row >= aboveRows + layout.tableRows ? undefined : subjects[index];
  return isOver || !subject ? ui : withTab(ui, { selected: subject.id, lastIndex: index });
}
