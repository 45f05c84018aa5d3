import { pad, steadyText, truncate, widthOf } from './cells.ts';

/** What a piece of text means; `paint` knows what that looks like. */
export type Tone =
  | 'plain'
  | 'strong'
  | 'dim'
  | 'accent'
  | 'good'
  | 'warn'
  | 'bad'
  | 'fault'
  | 'unsure'
  | 'badge'
  | 'alarm';

export interface Segment {
  readonly text: string;
  readonly tone: Tone;
}

/** One row of the screen. A selected line is drawn as a bar, a faded one all dim. */
export interface Line {
  readonly segments: readonly Segment[];
  readonly look?: 'selected' | 'faded';
  /** Where it goes on when it takes several rows; else where its own text begins. */
  readonly hang?: number;
}

/** A piece of a line; plain unless told. */
export function seg(text: string, tone: Tone = 'plain'): Segment {
  return { text, tone };
}

/** A line of its pieces; a bare string is plain. */
export function lineOf(...pieces: readonly (Segment | string)[]): Line {
  return { segments: pieces.map((piece) => (typeof piece === 'string' ? seg(piece) : piece)) };
}

/** The same, going on so many cells from the left where it takes several rows. */
export function hanging(line: Line, hang: number): Line {
  return { ...line, hang };
}

export const blankLine: Line = { segments: [] };

export function widthOfSegments(segments: readonly Segment[]): number {
  return segments.reduce((sum, { text }) => sum + widthOf(text), 0);
}

/** Never wider than `width`; a selected line is exactly as wide. */
export function fitLine(line: Line, width: number): Line {
  const segments = fitSegments(line.segments, width);
  const missing = line.look === 'selected' ? width - widthOfSegments(segments) : 0;
  return { ...line, segments: missing > 0 ? [...segments, seg(' '.repeat(missing))] : segments };
}

/** Without what terminals disagree about; itself where it holds none of it. */
function steady(segment: Segment): Segment {
  const text = steadyText(segment.text);
  return text === segment.text ? segment : { ...segment, text };
}

/** The first pieces that have room, the last of them cut. */
export function fitSegments(raw: readonly Segment[], width: number): readonly Segment[] {
  const segments = raw.map(steady);
  if (widthOfSegments(segments) <= width) return segments;
  const fitted: Segment[] = [];
  let left = width;
  for (const { text, tone } of segments) {
    if (left <= 0) break;
    const cut = truncate(text, left);
    left -= widthOf(cut);
    fitted.push({ text: cut, tone });
    if (cut !== text) break;
  }
  return fitted;
}

/** Left and right ends of one line; where both have no room the left one is cut. */
export function spread(
  left: readonly Segment[],
  right: readonly Segment[],
  { width, fill = seg(' ') }: { readonly width: number; readonly fill?: Segment },
): Line {
  const rightWidth = widthOfSegments(right);
  const fitted = fitSegments(left, Math.max(0, width - rightWidth - 1));
  const gap = width - rightWidth - widthOfSegments(fitted);
  const between = seg(fill.text.repeat(Math.max(0, gap)), fill.tone);
  return { segments: [...fitted, between, ...fitSegments(right, width)] };
}

/** A text of exactly `width` cells as a piece. */
export function padded(
  text: string,
  width: number,
  more: { readonly tone?: Tone; readonly align?: 'left' | 'right' } = {},
): Segment {
  return seg(pad(text, width, more.align), more.tone);
}

/** A line without its looks. */
export function textOf(line: Line): string {
  return line.segments.map(({ text }) => text).join('');
}

/** Exactly so many lines, blank ones below where there are too few. */
export function filled(lines: readonly Line[], count: number): readonly Line[] {
  const missing = Math.max(0, count - lines.length);
  return [...lines.slice(0, count), ...Array.from({ length: missing }, () => blankLine)];
}
