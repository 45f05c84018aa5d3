import type { Streak } from '../../model/health.ts';
import { inWords } from '../../model/in-words.ts';
import type { State } from '../../model/state.ts';
import { widthOf } from '../cells.ts';
import { type Segment, seg } from '../line.ts';
import { barOf } from '../sizes.ts';
import { calmToneOf, mark, stateWords, toneOf } from '../state-marks.ts';
import { sinceCell, type TimeFrame } from '../times.ts';
import type { Column, Subject } from './contract.ts';

/** Wide enough for the widest of some texts, within bounds. */
export function widthFor(
  texts: readonly string[],
  { min, max }: { readonly min: number; readonly max: number },
): number {
  let width = min;
  for (const text of texts) width = Math.max(width, widthOf(text));
  return Math.min(max, width);
}

/** The glyph: always there, always first. */
export const glyphColumn: Column = {
  title: '',
  width: 1,
  from: 0,
  cell: ({ state }) => [mark(state)],
};

const stateCells = (width: number) => ({
  title: 'STATE',
  width,
  cell({ state, streak }: Subject & { readonly streak: Streak }) {
    const words = stateWords(state, streak);
    return [seg(widthOf(words) > width ? state : words, calmToneOf(state))];
  },
});

/** The state's word, with its streak where both have room: the longest is "suppressed 1/3". */
export const stateColumn: Column = {
  ...stateCells(12),
  from: 0,
  wider: [{ ...stateCells(14), from: 100 }],
};

/** The note, and the age of a sample that should have been replaced by now. */
export const noteColumn: Column = {
  title: 'NOTE',
  width: 0,
  from: 0,
  order: ({ note }) => note,
  cell: ({ note, state, age }, times) => {
    const shown = seg(note, noteToneOf(state));
    return age?.isLate ? [seg(`${ageWords(age.ageMs, times)}  `, 'unsure'), shown] : [shown];
  },
};

function ageWords(ageMs: number, times: TimeFrame): string {
  if (times.mode === 'relative') return `${inWords(inSteps(ageMs))} old`;
  return `seen ${sinceCell(new Date(times.nowMs - ageMs).toISOString(), times)}`;
}

/** An old sample grows older each second: of many five are told at once. */
function inSteps(ageMs: number): number {
  const stepMs = ageMs < 10_000 ? 1000 : 5000;
  return Math.floor(ageMs / stepMs) * stepMs;
}

/** Only trouble is told in colour. */
export function noteToneOf(state: State): 'plain' | 'warn' | 'fault' | 'dim' {
  if (state === 'down') return 'fault';
  if (state === 'degraded') return 'warn';
  return state === 'up' ? 'plain' : 'dim';
}

/** A column of plain text. */
export function textColumn<S extends Subject>(
  column: Omit<Column, 'cell'>,
  textOf: (subject: S) => string,
): Column {
  const of = (subject: Subject): string => textOf(subject as S);
  return { ...column, order: of, cell: (subject) => [seg(of(subject))] };
}

/** A bar with its percentage: coloured only where it is nearly full. */
export function barSegments(ratio: number | null, cells = 6): readonly Segment[] {
  const { full, rest, percent } = barOf(ratio, cells);
  if (ratio === null) return [seg(percent, 'dim')];
  const tone = ratio >= 0.9 ? toneOf('degraded') : 'accent';
  return [seg(full, tone), seg(rest, 'dim'), seg(percent.padStart(5))];
}
