import { fitLine, type Line, type Segment, type Tone, textOf } from './line.ts';

interface Look {
  readonly on: string;
  readonly off: string;
}

const nothing: Look = { on: '', off: '' };

/** SGR (ECMA-48 §8.3.117) of the 16-colour palette, so that the terminal's own theme decides. */
const inColour: Readonly<Record<Tone, Look>> = {
  plain: nothing,
  strong: { on: '\u001b[1m', off: '\u001b[22m' },
  dim: { on: '\u001b[2m', off: '\u001b[22m' },
  accent: { on: '\u001b[36m', off: '\u001b[39m' },
  good: { on: '\u001b[32m', off: '\u001b[39m' },
  warn: { on: '\u001b[33m', off: '\u001b[39m' },
  bad: { on: '\u001b[1m\u001b[31m', off: '\u001b[39m\u001b[22m' },
  fault: { on: '\u001b[31m', off: '\u001b[39m' },
  unsure: { on: '\u001b[35m', off: '\u001b[39m' },
  badge: { on: '\u001b[7m\u001b[36m', off: '\u001b[39m\u001b[27m' },
  alarm: { on: '\u001b[1m\u001b[7m\u001b[33m', off: '\u001b[39m\u001b[27m\u001b[22m' },
};

/** Without colour: weight and reversal only, which NO_COLOR leaves allowed. */
const inMono: Readonly<Record<Tone, Look>> = {
  ...inColour,
  accent: nothing,
  good: nothing,
  warn: inColour.strong,
  bad: inColour.strong,
  fault: nothing,
  unsure: nothing,
  badge: { on: '\u001b[7m', off: '\u001b[27m' },
  alarm: { on: '\u001b[1m\u001b[7m', off: '\u001b[27m\u001b[22m' },
};

/** A line as a terminal takes it. It ends in no style, and an empty one is still a line to Ink. */
function paint(line: Line, colour: boolean): string {
  const looks = colour ? inColour : inMono;
  if (line.look === 'selected') return `\u001b[1m\u001b[7m${textOf(line)}\u001b[27m\u001b[22m`;
  const painted = line.segments.map((segment) => paintSegment(segment, looks, line.look)).join('');
  return painted === '' ? ' ' : painted;
}

/** All lines, each cut to the width that there is. */
export function paintLines(
  lines: readonly Line[],
  { columns, colour }: { readonly columns: number; readonly colour: boolean },
): readonly string[] {
  return lines.map((line) => paint(fitLine(line, columns), colour));
}

function paintSegment(
  { text, tone }: Segment,
  looks: Readonly<Record<Tone, Look>>,
  look: Line['look'],
): string {
  const { on, off } = looks[look === 'faded' && !isBadge(tone) ? 'dim' : tone];
  return text.trim() === '' && !isBadge(tone) ? text : `${on}${text}${off}`;
}

/** What is drawn as a box: it keeps its look on a faded line, and its spaces count. */
function isBadge(tone: Tone): boolean {
  return tone === 'badge' || tone === 'alarm';
}
