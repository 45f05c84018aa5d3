import type { Transition } from '../../model/health.ts';
import { isPartKey } from '../../model/part-key.ts';
import { classOf } from '../../model/state.ts';
import type { Known } from '../known.ts';
import { hanging, type Line, lineOf, padded, seg } from '../line.ts';
import { glyphOf, toneOf } from '../state-marks.ts';
import { momentWords, type TimeFrame } from '../times.ts';
import { widthFor } from './columns.ts';

interface Wanted {
  readonly prefix: string;
  /** Checks besides those, by their whole ids. */
  readonly also?: readonly string[];
  readonly times: TimeFrame;
  readonly most?: number;
}

/** The last confirmed changes of the checks whose ids begin with `prefix`, the newest first. */
export function transitionLines(
  { state }: Known,
  { prefix, also = [], times, most = 5 }: Wanted,
): readonly Line[] {
  const shown = state.transitions
    .filter(({ check }) => check.startsWith(prefix) || also.includes(check))
    .filter(isNews)
    .slice(-most)
    .reverse();
  const nameOf = ({ check }: Transition): string => {
    // A function's id is long, and its beginning is the same for all.
    const part = state.health[check]?.part;
    if (part?.kind === 'function') return `function ${part.name}`;
    return also.includes(check) ? check : check.slice(prefix.length) || check;
  };
  const width = widthFor(shown.map(nameOf), { min: 4, max: 36 });
  return shown.map((one) => {
    const { from, to, at, note } = one;
    const whenWidth = times.mode === 'relative' ? 8 : 12;
    const when = padded(momentWords(at, times), whenWidth, { tone: 'dim' });
    const reached = to === 'gone' ? seg('gone') : seg(`${glyphOf(to)} ${to}`, toneOf(to));
    const what = [padded(nameOf(one), width), `  ${from} → `, reached, `  ${note}`];
    return hanging(lineOf(' ', when, ' ', ...what), whenWidth + 2);
  });
}

/** What is worth a line of its own. */
export function isNews(transition: Transition): boolean {
  return !isFirstGood(transition) && !isToldByCheck(transition);
}

/** That something is well when first looked at is no news. */
function isFirstGood({ from, to }: Transition): boolean {
  return from === 'unknown' && to !== 'gone' && classOf(to) === 'good';
}

/** What a check loses sight of, and finds well again, is the check's own story. */
function isToldByCheck({ check, from, to }: Transition): boolean {
  if (!isPartKey(check) || to === 'gone') return false;
  return classOf(to) === 'unmeasured' || (classOf(to) === 'good' && classOf(from) === 'unmeasured');
}
