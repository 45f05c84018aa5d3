import { fitLine, type Line, type Segment, type Tone, textOf } from './line.ts';
import { type Looks, looksOf, type ThemeName } from './themes.ts';

/** A line as a terminal takes it. It ends in no style, and an empty one is still a line to Ink. */
function paint(line: Line, looks: Looks): string {
  if (line.look === 'selected') return `\u001b[1m\u001b[7m${textOf(line)}\u001b[27m\u001b[22m`;
  const painted = line.segments.map((segment) => paintSegment(segment, looks, line.look)).join('');
  return painted === '' ? ' ' : painted;
}

/** All lines, each cut to the width that there is. */
export function paintLines(
  lines: readonly Line[],
  { columns, theme }: { readonly columns: number; readonly theme: ThemeName },
): readonly string[] {
  const looks = looksOf(theme);
  return lines.map((line) => paint(fitLine(line, columns), looks));
}

function paintSegment({ text, tone }: Segment, looks: Looks, look: Line['look']): string {
  const { on, off } = looks[look === 'faded' && !isBadge(tone) ? 'dim' : tone];
  return text.trim() === '' && !isBadge(tone) ? text : `${on}${text}${off}`;
}

/** What is drawn as a box: it keeps its look on a faded line, and its spaces count. */
function isBadge(tone: Tone): boolean {
  return tone === 'badge' || tone === 'alarm';
}
