import { pad, widthOf } from '../cells.ts';
import { filteredRows } from '../filtered-rows.ts';
import {
  fitSegments,
  type Line,
  lineOf,
  type Segment,
  seg,
  type Tone,
  widthOfSegments,
} from '../line.ts';
import {
  bottomIndex,
  type LogRow,
  type LogRows,
  type LogsUi,
  type LogsView,
  rowMatcher,
  tagOf,
} from '../logs-view.ts';
import { patternFault } from '../pattern.ts';
import { isToday, stampWords, type TimeFrame } from '../times.ts';
import { faultSegments, ruleLine } from './title.ts';

const tagTones: readonly Tone[] = ['accent', 'warn', 'unsure', 'good', 'dim'];

export interface LogsFrame {
  readonly width: number;
  readonly rows: number;
  readonly times: TimeFrame;
}

/** Logs over their tab: a title that says how the stream is, and lines up to the lowest that is shown. */
export function logsLines(view: LogsView, ui: LogsUi, frame: LogsFrame): readonly Line[] {
  const rows = filteredRows(view, ui);
  const bottom = bottomIndex(rows, ui);
  const room = Math.max(1, frame.rows - 1);
  const found = ui.search === '' ? () => false : rowMatcher(ui.search);
  const tagWidth = tagWidthOf(view);
  const isDated = hasOlderDays(rows, { bottom, room, times: frame.times });
  const lines: Line[] = [];
  for (let index = bottom; index >= 0 && lines.length < room; index--) {
    const row = rows.at(index);
    if (row)
      lines.unshift(...rowLines(row, ui, { ...frame, tagWidth, isDated, isFound: found(row) }));
  }
  const none = rows.length === 0 ? [lineOf(' ', seg(emptyWords(view, ui), 'dim'))] : [];
  return [
    titleOf(view, ui, { frame, count: rows.length, behind: rows.length - 1 - bottom }),
    ...lines.slice(-room),
    ...none,
  ];
}

function titleOf(
  { ids, dropped, trouble }: LogsView,
  ui: LogsUi,
  {
    frame,
    count,
    behind,
  }: { readonly frame: LogsFrame; readonly count: number; readonly behind: number },
): Line {
  const typed = (name: 'filter' | 'search', key: string): readonly Segment[] =>
    ui[name] === '' && ui.typing !== name
      ? []
      : [
          seg(' · '),
          seg(`${key}${ui[name]}${ui.typing === name ? '▏' : ''}`, 'accent'),
          ...faultSegments(patternFault(ui[name].trim())),
        ];
  const state =
    trouble !== null
      ? seg(trouble, 'warn')
      : ui.bottom === null
        ? seg('live', 'good')
        : seg(behind > 0 ? `paused · +${behind} below` : 'paused', 'warn');
  const rest = [
    seg(` ${count}`),
    ...(dropped > 0 ? [seg(` · ${dropped} older not kept`, 'dim')] : []),
    ...typed('filter', '&'),
    ...typed('search', '/'),
  ];
  const room = frame.width - widthOfSegments([...rest, state]) - ruleEnds;
  return ruleLine([seg(namesIn(ids, room), 'strong'), ...rest], [state], frame.width);
}

/** The rule before, between and behind its words. */
const ruleEnds = 8;

/** Whose logs they are, or how many where not all names have room: what is typed never gives way. */
function namesIn(ids: readonly string[], room: number): string {
  const all = `logs ${ids.join(' ')}`;
  return ids.length === 1 || widthOf(all) <= room ? all : `logs of ${ids.length}`;
}

function emptyWords({ trouble }: LogsView, { filter }: LogsUi): string {
  if (filter !== '') return `nothing matches &${filter}; esc clears it`;
  return trouble ?? 'nothing was written yet; what comes is shown';
}

/** Of the lines that there is room for: with one that is not of today, each tells its day. */
function hasOlderDays(
  rows: LogRows,
  { bottom, room, times }: Pick<LogsFrame, 'times'> & Record<'bottom' | 'room', number>,
): boolean {
  for (let index = bottom; index >= 0 && index > bottom - room; index--) {
    const atMs = rows.at(index)?.atMs ?? null;
    if (atMs !== null && !isToday(atMs, times)) return true;
  }
  return false;
}

interface RowFrame extends LogsFrame {
  readonly isDated: boolean;
  readonly isFound: boolean;
  readonly tagWidth: number;
}

/** Longer names are not worth the room. */
const widestTag = 20;

function tagWidthOf({ ids }: LogsView): number {
  return Math.min(widestTag, Math.max(0, ...ids.map((id) => widthOf(tagOf(id, ids)))));
}

function rowLines(
  { atMs, tag, tagIndex, text }: LogRow,
  ui: LogsUi,
  { width, times, isFound, isDated, tagWidth }: RowFrame,
): readonly Line[] {
  const head = [
    seg(' '),
    ...(ui.times ? [seg(`${stampOf(atMs, times, isDated)} `, 'dim')] : []),
    ...(tag === ''
      ? []
      : [seg(pad(tag, tagWidth), tagTones[tagIndex % tagTones.length]), seg(' │ ', 'dim')]),
  ];
  const tone: Tone = isFound ? 'badge' : toneOf(text);
  const taken = head.reduce((sum, one) => sum + widthOf(one.text), 0);
  const room = Math.max(1, width - taken);
  const pieces = ui.wrap ? wrapped(text, room) : [text];
  return pieces.map((piece, index) => ({
    segments: fitSegments(
      [...(index === 0 ? head : [seg(' '.repeat(taken))]), seg(piece, tone)],
      width,
    ),
  }));
}

function stampOf(atMs: number | null, times: TimeFrame, isDated: boolean): string {
  const width = isDated ? 15 : 8;
  return atMs === null ? ' '.repeat(width) : stampWords({ ...times, nowMs: atMs }, isDated);
}

/** Cells, not characters; a line of nothing is one line. */
function wrapped(text: string, room: number): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let cells = 0;
  for (const character of text) {
    const width = widthOf(character);
    if (cells + width > room) {
      pieces.push(piece);
      [piece, cells] = ['', 0];
    }
    piece += character;
    cells += width;
  }
  return [...pieces, piece];
}

function toneOf(text: string): Tone {
  if (/\b(?:error|fatal|panic)\b/i.test(text)) return 'bad';
  return /\bwarn(?:ing)?\b/i.test(text) ? 'warn' : 'plain';
}
