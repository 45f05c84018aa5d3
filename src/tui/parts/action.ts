import { roomOf, toldOf } from '../action-lines.ts';
import type { ActionView } from '../action-view.ts';
import { type Line, lineOf, padded, seg, type Tone } from '../line.ts';
import type { DialogState } from '../ui-state.ts';
import { ruleLine } from './title.ts';

const marks: Readonly<Record<ActionView['phase'], readonly [string, Tone]>> = {
  choosing: ['what can be done', 'accent'],
  planning: ['looking …', 'dim'],
  asking: ['nothing is done yet', 'accent'],
  acting: ['at it …', 'accent'],
  done: ['✓ done', 'good'],
  failed: ['✕ failed', 'bad'],
  refused: ['– refused', 'warn'],
};

interface Room {
  readonly width: number;
  readonly rows: number;
  readonly dialog: DialogState;
}

/** An action over its tab: what can be done, the plan, what happens, the receipt. */
export function actionLines(view: ActionView, room: Room): readonly Line[] {
  const { title, phase } = view;
  const [words, tone] = marks[phase];
  const body = phase === 'choosing' ? choiceLines(view, room) : toldLines(view, room);
  const more = moreWords(view, room);
  const aside = more === null ? seg(words, tone) : seg(more, 'warn');
  return [ruleLine([seg(title, 'strong')], [aside], room.width), ...body];
}

/** The last lines where not all have room; of a question from where it is scrolled to. */
function toldLines(view: ActionView, { width, rows, dialog }: Room): readonly Line[] {
  const told = toldOf(view, width);
  const lines = (some: readonly string[]) =>
    some.map((line) => lineOf(' ', seg(line, toneOf(line))));
  if (view.phase !== 'asking') return lines(told.slice(-Math.max(1, rows - 1)));
  const room = roomOf(view, rows - 1);
  const { typed, scroll } = dialog;
  const { may, wantsName } = view;
  const prompt =
    may !== null && wantsName
      ? [lineOf(' ', seg(`type ${wantsName} `, 'strong'), seg(typed, 'accent'), seg('▏'))]
      : [];
  return [...lines(told.slice(scroll, scroll + room)), ...prompt];
}

/** How much of a question is not on the screen. */
function moreWords(view: ActionView, { width, rows, dialog }: Room): string | null {
  if (view.phase !== 'asking') return null;
  const below = toldOf(view, width).length - roomOf(view, rows - 1) - dialog.scroll;
  return below > 0 ? `+${below} lines below: pgdn` : null;
}

function choiceLines({ choices = [], lines }: ActionView, { rows, dialog }: Room) {
  const index = Math.min(dialog.index, Math.max(0, choices.length - 1));
  const room = Math.max(1, rows - 1 - lines.length);
  const from = Math.max(0, index - room + 1);
  const widest = Math.max(0, ...choices.map(({ name }) => name.length));
  const told = lines.map((line) => lineOf(' ', seg(line, 'dim')));
  return [
    ...told,
    ...choices.slice(from, from + room).map(({ name, risk, why }, row): Line => {
      const tone = why === null ? 'plain' : 'dim';
      const line = lineOf(
        ' ',
        padded(name, widest + 1, { tone }),
        ' ',
        why === null ? seg(risk, riskTones[risk] ?? 'plain') : seg(`– ${why}`, 'dim'),
      );
      return from + row === index ? { ...line, look: 'selected' } : line;
    }),
  ];
}

const riskTones: Readonly<Record<string, Tone>> = {
  safe: 'good',
  disruptive: 'warn',
  destructive: 'bad',
};

/** Of a table of steps: by how far the step is. */
function stepTone(line: string): Tone {
  if (line.includes('│ ✕ failed')) return 'bad';
  return line.includes('│ ✓ done') ? 'good' : 'plain';
}

/** By the word that its row begins with. */
function toneOf(line: string): Tone {
  if (/^ *[┌├└│]/.test(line)) return stepTone(line);
  if (/^\S/.test(line)) return 'strong';
  if (/^ +(?:not|because|step|✕)\b|^ *✕/.test(line)) return 'bad';
  if (/^ +(?:against|note)\b/.test(line)) return 'warn';
  return /^ *✓/.test(line) ? 'good' : 'plain';
}
