import type { Transition } from '../../model/health.ts';
import { eventsOf } from '../events.ts';
import { type Line, lineOf, padded, seg } from '../line.ts';
import { type Shown, timeFrameOf } from '../shown.ts';
import { glyphOf, toneOf } from '../state-marks.ts';
import { dayAndClock, type TimeFrame } from '../times.ts';
import type { EventsState } from '../ui-state.ts';
import { widthFor } from '../views/columns.ts';
import { ruleLine } from './title.ts';

/** What has changed, the newest first, with a rule where the user has looked before. */
export function eventLines(
  shown: Shown,
  { cursor, filter, typing }: EventsState,
  { width, rows }: { readonly width: number; readonly rows: number },
): readonly Line[] {
  const events = eventsOf(shown.known, filter);
  const times = timeFrameOf(shown);
  const { lookedAt } = shown.ui;
  const ids = widthFor(
    events.map(({ check }) => check),
    { min: 8, max: width >= 100 ? 40 : 24 },
  );
  const lines = events.flatMap((event, index): readonly Line[] => {
    const line = eventLine(event, { ids, times });
    const before = events[index - 1];
    const isBoundary =
      lookedAt !== null && event.at <= lookedAt && (before === undefined || before.at > lookedAt);
    const shownLine = index === cursor ? { ...line, look: 'selected' as const } : line;
    return isBoundary && index > 0 ? [sinceLine(width), shownLine] : [shownLine];
  });
  const room = Math.max(1, rows - 1);
  const at = lines.findIndex(({ look }) => look === 'selected');
  const from = Math.max(0, Math.min(at - room + 1, lines.length - room));
  const prompt = filter !== '' || typing ? [seg(' · '), seg(`/${filter}`, 'accent')] : [];
  const title = [seg('Events', 'strong'), seg(` ${events.length}`), ...prompt];
  return [
    ruleLine(typing ? [...title, seg('▏')] : title, [], width),
    ...lines.slice(from, from + room),
    ...(events.length === 0 ? [lineOf(' ', seg(emptyWords(filter), 'dim'))] : []),
  ];
}

function eventLine(
  { check, from, to, at, note }: Transition,
  { ids, times }: { readonly ids: number; readonly times: TimeFrame },
): Line {
  const reached = to === 'gone' ? seg('gone') : seg(`${glyphOf(to)} ${to}`, toneOf(to));
  const when = padded(dayAndClock(at, times), 12, { tone: 'dim' });
  return lineOf(' ', when, ' ', padded(check, ids), `  ${from} → `, reached, `  ${note}`);
}

function sinceLine(width: number): Line {
  return ruleLine([seg('since you last looked ↑', 'accent')], [], width);
}

function emptyWords(filter: string): string {
  return filter === ''
    ? 'no change has been confirmed yet'
    : `nothing matches /${filter}; esc clears it`;
}
