import type { Size } from './layout.ts';
import { filled, type Line } from './line.ts';
import { type Listed, listedOf } from './listed.ts';
import { bodyLines } from './parts/body.ts';
import { footerLines } from './parts/footer.ts';
import { headerLine } from './parts/header.ts';
import { tabsLine } from './parts/tabs.ts';
import { tooSmallLines } from './parts/too-small.ts';
import { type Shown, timeFrameOf } from './shown.ts';

/** A whole frame: exactly as many lines as the terminal has rows. */
export type Screen = readonly Line[];

/** A frame of a state at a size. Pure: the same in, the same out. */
export function screenOf(shown: Shown, size: Size): Screen {
  const listed = listedOf(shown.ui, shown.known, size);
  const lines = listed.layout.tooSmall
    ? tooSmallLines(size, shown.ui.ending)
    : wholeScreen(shown, listed, size);
  return filled(lines, Math.max(0, size.rows));
}

function wholeScreen(shown: Shown, listed: Listed, { columns: width }: Size): readonly Line[] {
  const { ui, known, meta } = shown;
  const times = timeFrameOf(shown);
  const told = [
    headerLine(known, times, { width, clock: meta.clock ?? false }),
    tabsLine(known, ui.tab, { width, badge: meta.badge }),
    ...filled(bodyLines(shown, listed, width), listed.layout.bodyRows + 1),
  ];
  const footer = footerLines(shown, width);
  const above = told.slice(0, told.length + 1 - footer.length);
  return [...(known.restoredFrom === null ? above : faded(above)), ...footer];
}

/** All that is only last known is dim; the cursor's bar stays. */
function faded(lines: readonly Line[]): readonly Line[] {
  return lines.map((line) => ({ ...line, look: line.look ?? 'faded' }));
}
