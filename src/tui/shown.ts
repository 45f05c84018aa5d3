import type { ActionView } from './action-view.ts';
import type { AuditView } from './audit-view.ts';
import type { Known } from './known.ts';
import { lineOf, widthOfSegments } from './line.ts';
import type { Listed } from './listed.ts';
import type { LogsView } from './logs-view.ts';
import type { TimeFrame } from './times.ts';
import { shownTab, type UiState } from './ui-state.ts';
import type { Detail } from './views/contract.ts';
import { describeLines } from './views/describe.ts';
import { wrapLine } from './wrap-line.ts';

/** What comes neither of the network nor of the keys. */
export interface Meta {
  /** Shown at the right of the tabs: 'LAB'. */
  readonly badge: string | null;
  /** The time stands in the header, and is drawn each second. */
  readonly clock?: boolean;
  /** The zone of local times; undefined is the machine's own. */
  readonly timeZone: string | undefined;
}

/** What a frame depends on besides the size. */
export interface Shown {
  readonly ui: UiState;
  readonly known: Known;
  readonly meta: Meta;
  readonly action: ActionView | null;
  readonly logs: LogsView | null;
  readonly audit: AuditView | null;
}

/** What has keys of its own and lies over the tab. */
export type Over = 'logs' | 'audit' | null;

/** What lies over the tab, whatever lies over that. */
export function overOf({ ui, logs, audit }: Pick<Shown, 'ui' | 'logs' | 'audit'>): Over {
  if (ui.audit !== null && audit !== null) return 'audit';
  return ui.logs !== null && logs !== null ? 'logs' : null;
}

/** How times are shown, and seen from when. */
export function timeFrameOf({
  ui,
  known,
  meta,
}: Omit<Shown, 'action' | 'logs' | 'audit'>): TimeFrame {
  return { nowMs: known.atMs, mode: ui.times, timeZone: meta.timeZone };
}

/** The details of the selected row, of which nothing is cut; null when nothing is selected. */
export function detailOf(
  shown: Shown,
  { view, subjects, cursor }: Listed,
  width: number,
): Detail | null {
  const subject = subjects[cursor];
  if (!subject) return null;
  const detail = view.detail(shown.known, subject, { width, times: timeFrameOf(shown) });
  const { details, describe } = shownTab(shown.ui);
  const lines =
    details && describe && subject.checks
      ? [...(detail.head ?? []), ...describeLines(subject.checks, width)]
      : detail.lines;
  const all =
    details && isTitleCut(detail, width) ? [lineOf(' ', ...detail.title), ...lines] : lines;
  return { ...detail, lines: all.flatMap((line) => wrapLine(line, width)) };
}

/** What stands between and around both ends of a rule. */
const ruleCells = 7;

/** What has no room in the rule above stands below it, where the whole screen is the details'. */
function isTitleCut({ title, aside }: Detail, width: number): boolean {
  return widthOfSegments([...title, ...aside]) + ruleCells > width;
}
