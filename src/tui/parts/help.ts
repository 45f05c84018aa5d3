import { type Binding, keymap, sections, type Where } from '../keymap.ts';
import {
  blankLine,
  fitSegments,
  type Line,
  lineOf,
  padded,
  type Segment,
  seg,
  widthOfSegments,
} from '../line.ts';

/** The keymap on the screen: what acts now first, in two columns where there is room. */
export function helpLines(width: number): readonly Line[] {
  const left = [
    ...section('lists', true),
    blankLine,
    ...section('acting', false),
    ...section('lists', false),
    ...section('any', false),
  ];
  const right = section('any', true);
  if (width < 100) return [...right, blankLine, ...left];
  const half = Math.floor(width / 2);
  const rows = Math.max(left.length, right.length);
  return Array.from({ length: rows }, (_, index) => {
    const first = fitSegments(right[index]?.segments ?? [], half - 1);
    const fill = seg(' '.repeat(half - widthOfSegments(first)));
    return lineOf(...first, fill, ...(left[index]?.segments ?? []));
  });
}

function section(where: Where, now: boolean): readonly Line[] {
  const rows = keymap.filter((one) => one.where === where && (one.act !== undefined) === now);
  const heading = now ? sections[where] : where === 'acting' ? 'With a later version' : null;
  return [...(heading === null ? [] : [lineOf(' ', seg(heading, 'strong'))]), ...rows.map(keyLine)];
}

function keyLine({ keys, words, act }: Binding): Line {
  const tone = act === undefined ? 'dim' : 'accent';
  const said: Segment = act === undefined ? seg(words, 'dim') : seg(words);
  return lineOf('   ', padded(keys.join(' '), 10, { tone }), ' ', said);
}
