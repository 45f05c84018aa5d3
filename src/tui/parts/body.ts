import { filled, type Line, lineOf, seg } from '../line.ts';
import type { Listed } from '../listed.ts';
import { detailOf, overOf, type Shown, timeFrameOf } from '../shown.ts';
import { shownTab } from '../ui-state.ts';
import type { Detail } from '../views/contract.ts';
import { transitionLines } from '../views/transition-lines.ts';
import { actionLines } from './action.ts';
import { auditLines } from './audit.ts';
import { eventLines } from './events.ts';
import { helpLines } from './help.ts';
import { logsLines } from './logs.ts';
import { paletteLines, paletteOf } from './palette.ts';
import { tableLines } from './table.ts';
import { ruleLine, titleLine } from './title.ts';

/** From the title down to the footer: what lies over the tab, else table, details and changes. */
export function bodyLines(shown: Shown, listed: Listed, width: number): readonly Line[] {
  const { ui } = shown;
  const { details, detailScroll } = shownTab(ui);
  const rows = listed.layout.bodyRows + 1;
  if (shown.action && !ui.actionHidden) {
    return actionLines(shown.action, { width, rows, dialog: ui.dialog });
  }
  if (ui.palette) {
    return paletteLines(paletteOf(shown), ui.palette, { width, rows });
  }
  if (ui.help) {
    return titled('Keys', helpLines(width, overOf(shown)).slice(ui.helpScroll), width);
  }
  if (ui.audit && shown.audit) {
    return auditLines(shown.audit, ui.audit, { width, rows });
  }
  if (ui.logs && shown.logs) {
    return logsLines(shown.logs, ui.logs, { width, rows, times: timeFrameOf(shown) });
  }
  if (ui.events) return eventLines(shown, ui.events, { width, rows });
  const detail = detailOf(shown, listed, width);
  if (details && detail) return detailLines(detail, { width, scroll: detailScroll });
  return panes(shown, listed, { width, detail });
}

/** One below the other, each as tall as the layout says. */
function panes(
  shown: Shown,
  listed: Listed,
  { width, detail }: { readonly width: number; readonly detail: Detail | null },
): readonly Line[] {
  const { tableRows, detailRows, changesRows } = listed.layout;
  const table = tablePane(shown, listed, width);
  if (detailRows === 0) return table;
  const below = detail ? detailLines(detail, { width, scroll: 0 }) : titled('', [], width);
  return [
    ...filled(table, tableRows + 2),
    ...filled(below, detailRows + 1),
    ...(changesRows === 0 ? [] : changesPane(shown, { width, most: changesRows })),
  ];
}

function tablePane(shown: Shown, listed: Listed, width: number): readonly Line[] {
  const tab = shownTab(shown.ui);
  const empty = listed.subjects.length === 0;
  return [
    titleLine(listed, tab, { typing: shown.ui.typing, width }),
    ...tableLines(listed, tab, { width, times: timeFrameOf(shown) }),
    ...(empty ? [lineOf(' ', seg(emptyWords(shown, listed), 'dim'))] : []),
  ];
}

function emptyWords({ ui, known }: Shown, { all, view }: Listed): string {
  if (all.length === 0) return view.empty(known);
  const { filter, problemsOnly } = shownTab(ui);
  if (filter !== '') return `nothing matches /${filter}; esc clears it`;
  return problemsOnly ? 'no problem here; ! shows all again' : 'nothing is listed';
}

function detailLines(
  { title, aside, lines }: Detail,
  { width, scroll }: { readonly width: number; readonly scroll: number },
): readonly Line[] {
  return [ruleLine(title, aside, width), ...lines.slice(scroll)];
}

/** Where there is room to spare: what changed lately, anywhere. */
function changesPane(
  shown: Shown,
  { width, most }: { readonly width: number; readonly most: number },
): readonly Line[] {
  const lines = transitionLines(shown.known, { prefix: '', times: timeFrameOf(shown), most });
  const none = lineOf(' ', seg('no change has been confirmed yet', 'dim'));
  return titled('Changes', lines.length === 0 ? [none] : lines, width);
}

function titled(title: string, lines: readonly Line[], width: number): readonly Line[] {
  return [ruleLine(title === '' ? [] : [seg(title, 'strong')], [], width), ...lines];
}
