import { type KeyRow, keyRows, type Section, sectionTitles } from '../key-sections.ts';
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

/** The keymaps on the screen, in two columns where there is room; first those of what lies below. */
export function helpLines(width: number, isOverLogs: boolean): readonly Line[] {
  const left = [
    ...(isOverLogs ? [...section('logs'), blankLine] : []),
    ...section('any'),
    blankLine,
    ...section('dialogs'),
  ];
  const right = [
    ...section('lists'),
    blankLine,
    ...section('acting'),
    ...(isOverLogs ? [] : [blankLine, ...section('logs')]),
    ...laterLines(),
  ];
  if (width < 100) return [...left, blankLine, ...right];
  const half = Math.floor(width / 2);
  const rows = Math.max(left.length, right.length);
  return Array.from({ length: rows }, (_, index) => {
    const first = fitSegments(left[index]?.segments ?? [], half - 1);
    const fill = seg(' '.repeat(half - widthOfSegments(first)));
    return lineOf(...first, fill, ...(right[index]?.segments ?? []));
  });
}

function section(name: Section): readonly Line[] {
  const rows = keyRows(name).filter(({ later }) => later === undefined);
  return [lineOf(' ', seg(sectionTitles[name], 'strong')), ...rows.map(keyLine)];
}

function laterLines(): readonly Line[] {
  const rows = keyRows('acting').filter(({ later }) => later !== undefined);
  if (rows.length === 0) return [];
  return [blankLine, lineOf(' ', seg('With a later version', 'strong')), ...rows.map(keyLine)];
}

function keyLine({ keys, words, later }: KeyRow): Line {
  const tone = later === undefined ? 'accent' : 'dim';
  const said: Segment = later === undefined ? seg(words) : seg(words, 'dim');
  const names = keys.join(' ');
  return lineOf('   ', padded(names, Math.max(10, names.length), { tone }), ' ', said);
}
