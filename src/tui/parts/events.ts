import type { Transition } from '../../model/health.ts';
import { eventCursor, eventsOf, noEventWords } from '../events.ts';
import { type Line, lineOf, padded, seg } from '../line.ts';
import { type Shown, timeFrameOf } from '../shown.ts';
import { glyphOf, toneOf } from '../state-marks.ts';
import { momentWords, type TimeFrame } from '../times.ts';
import type { EventsState } from '../ui-state.ts';
import { widthFor } from '../views/columns.ts';
import { filterSegments, ruleLine } from './title.ts';

/** What has changed, the newest first, with a rule where the user has looked before. */
export function eventLines(
  shown: Shown,
  { selected, filter, typing }: EventsState,
  { width, rows }: { readonly width: number; readonly rows: number },
): readonly Line[] {
  const events = eventsOf(shown.known, filter);
  const times = timeFrameOf(shown);
  const ids = widthFor(
    events.map(({ check }) => check),
    { min: 8, max: mostOfId(width, times) },
  );
  const cursor = eventCursor(events, selected);
  const drawn = events.map((event, index): Line => {
    const line = eventLine(event, { ids, times, isNarrow: width < narrow });
    return index === cursor ? { ...line, look: 'selected' } : line;
  });
  const news = newsIn(events, shown.ui.lookedAt);
  const lines = news === 0 ? drawn : drawn.toSpliced(news, 0, sinceLine(width));
  const room = Math.max(1, rows - 1);
  const at = lines.findIndex(({ look }) => look === 'selected');
  const from = Math.max(0, Math.min(at - room + 1, lines.length - room));
  return [
    titleLine(shown, { count: events.length, filter, typing, width }),
    ...lines.slice(from, from + room),
    ...(events.length === 0 ? [lineOf(' ', seg(noEventWords(filter), 'dim'))] : []),
  ];
}

/** Below this there is no room for what a thing was before. */
const narrow = 60;

/** What a thing has come to is never cut for its id: an arrow, a glyph, the longest word. */
function mostOfId(width: number, times: TimeFrame): number {
  if (width >= narrow) return width >= 100 ? 40 : 24;
  return width - 1 - whenWidth(times) - 1 - '  → ◌ suppressed'.length;
}

function whenWidth({ mode }: TimeFrame): number {
  return mode === 'relative' ? 8 : 12;
}

/** How many have happened since the user looked: the first ones. */
function newsIn(events: readonly Transition[], lookedAt: string | null): number {
  if (lookedAt === null) return 0;
  const seen = events.findIndex(({ at }) => at <= lookedAt);
  return seen < 0 ? events.length : seen;
}

interface Title {
  readonly count: number;
  readonly filter: string;
  readonly typing: boolean;
  readonly width: number;
}

function titleLine({ known }: Shown, { count, filter, typing, width }: Title): Line {
  const isNarrowed = filter !== '' || typing;
  const counted = isNarrowed ? `${count} of ${eventsOf(known, '').length}` : `${count}`;
  const prompt = isNarrowed ? filterSegments(filter, typing) : [];
  return ruleLine([seg('Events', 'strong'), seg(` ${counted}`), ...prompt], [], width);
}

interface EventFrame {
  readonly ids: number;
  readonly times: TimeFrame;
  readonly isNarrow: boolean;
}

function eventLine(
  { check, from, to, at, note }: Transition,
  { ids, times, isNarrow }: EventFrame,
): Line {
  const reached = to === 'gone' ? seg('gone') : seg(`${glyphOf(to)} ${to}`, toneOf(to));
  const when = padded(momentWords(at, times), whenWidth(times), { tone: 'dim' });
  const before = isNarrow ? '' : `${from} `;
  return lineOf(' ', when, ' ', padded(check, ids), `  ${before}→ `, reached, `  ${note}`);
}

function sinceLine(width: number): Line {
  return ruleLine([seg('since you last looked ↑', 'accent')], [], width);
}
