import { type KeyRow, keyRows, type Section, sectionTitles } from '../key-sections.ts';
import {
  blankLine,
  hanging,
  type Line,
  lineOf,
  padded,
  type Segment,
  seg,
  widthOfSegments,
} from '../line.ts';
import type { Over } from '../shown.ts';
import { wrapLine } from '../wrap-line.ts';

/** The keymaps on the screen, in two columns where there is room; first those of what lies below. */
export function helpLines(width: number, over: Over): readonly Line[] {
  const others = (['logs', 'audit'] as const).filter((one) => one !== over);
  const left = [
    ...(over === null ? [] : [...section(over), blankLine]),
    ...section('any'),
    blankLine,
    ...section('dialogs'),
  ];
  const right = [
    ...section('lists'),
    blankLine,
    ...section('acting'),
    ...others.flatMap((one) => [blankLine, ...section(one)]),
    ...laterLines(),
  ];
  const within = (lines: readonly Line[], room: number): readonly Line[] =>
    lines.flatMap((line) => wrapLine(line, room));
  if (width < 100) return within([...left, blankLine, ...right], width - 1);
  const half = Math.floor(width / 2);
  const first = within(left, half - 1);
  const second = within(right, width - half - 1);
  return Array.from({ length: Math.max(first.length, second.length) }, (_, index) => {
    const begin = first[index]?.segments ?? [];
    const fill = seg(' '.repeat(half - widthOfSegments(begin)));
    return lineOf(...begin, fill, ...(second[index]?.segments ?? []));
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
  const line = lineOf('   ', padded(names, Math.max(10, names.length), { tone }), ' ', said);
  return hanging(line, 14);
}
