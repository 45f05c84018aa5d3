import type { ActionView } from '../action-view.ts';
import { type Line, lineOf, seg, type Tone } from '../line.ts';
import { ruleLine } from './title.ts';

const marks: Readonly<Record<ActionView['phase'], readonly [string, Tone]>> = {
  planning: ['looking …', 'dim'],
  asking: ['nothing is done yet', 'accent'],
  acting: ['at it …', 'accent'],
  done: ['✓ done', 'good'],
  failed: ['✕ failed', 'bad'],
  refused: ['– refused', 'warn'],
};

/** An action over its tab: the plan, what happens, the receipt. The last lines where not all have room. */
export function actionLines(
  { title, phase, lines }: ActionView,
  { width, rows }: { readonly width: number; readonly rows: number },
): readonly Line[] {
  const [words, tone] = marks[phase];
  const room = Math.max(1, rows - 1);
  const shown = phase === 'asking' ? lines.slice(0, room) : lines.slice(-room);
  return [
    ruleLine([seg(title, 'strong')], [seg(words, tone)], width),
    ...shown.map((line) => lineOf(' ', seg(line, toneOf(line)))),
  ];
}

/** By the word that its row begins with. */
function toneOf(line: string): Tone {
  if (/^\S/.test(line)) return 'strong';
  if (/^ +(?:not|because|step|✕)\b|^ *✕/.test(line)) return 'bad';
  if (/^ +(?:stop|note)\b/.test(line)) return 'warn';
  return /^ *✓/.test(line) ? 'good' : 'plain';
}
