import type { Transition } from '../../model/health.ts';
import { classOf } from '../../model/state.ts';
import type { Known } from '../known.ts';
import { type Line, lineOf, padded, seg } from '../line.ts';
import { glyphOf, toneOf } from '../state-marks.ts';
import { momentWords, type TimeFrame } from '../times.ts';

/** The last confirmed changes of the checks whose ids begin with `prefix`, the newest first. */
export function transitionLines(
  { state }: Known,
  {
    prefix,
    times,
    most = 5,
  }: { readonly prefix: string; readonly times: TimeFrame; readonly most?: number },
): readonly Line[] {
  return state.transitions
    .filter((one) => one.check.startsWith(prefix) && !isFirstGood(one))
    .slice(-most)
    .reverse()
    .map(({ check, from, to, at, note }) => {
      const reached = to === 'gone' ? seg('gone') : seg(`${glyphOf(to)} ${to}`, toneOf(to));
      const when = padded(momentWords(at, times), 12);
      return lineOf(' ', when, ` ${check.slice(prefix.length)} ${from} → `, reached, `  ${note}`);
    });
}

/** That something is well when first looked at is no news. */
function isFirstGood({ from, to }: Transition): boolean {
  return from === 'unknown' && to !== 'gone' && classOf(to) === 'good';
}
