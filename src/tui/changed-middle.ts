import { quickWidth } from './one-cell.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: SGR begins with ESC
const sgr = /\u001b\[[\d;:]*m/g;

/**
 * What turns one line on the screen into the next where both have the same cells but for some between:
 * only these are written. Null where that cannot be told for sure: characters of other widths, another
 * number of cells, other colours.
 */
export function changedMiddle(previous: string, next: string): string | null {
  if (quickWidth(previous) === null || quickWidth(previous) !== quickWidth(next)) return null;
  const head = commonHead(previous, next);
  const tail = commonTail(previous, next, head);
  const before = next.slice(0, head);
  const [was, is] = [previous, next].map((line) => line.slice(head, line.length - tail));
  if (was === undefined || is === undefined || quickWidth(is) === null) return null;
  if (quickWidth(was) !== quickWidth(is) || codesOf(was).join() !== codesOf(is).join()) return null;
  const opened = standing(codesOf(before));
  const closing = standing(codesOf(before + is)).length > 0 ? '\u001b[m' : '';
  return `\u001b[${(quickWidth(before) ?? 0) + 1}G${opened.join('')}${is}${closing}`;
}

/** How many characters both begin with, none of them within a colour's code. */
function commonHead(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  const begin = a.lastIndexOf('\u001b', length - 1);
  const isWithin = begin >= 0 && a.indexOf('m', begin) >= length;
  return isWithin ? begin : length;
}

/** The same at the end, behind what both begin with. */
function commonTail(a: string, b: string, head: number): number {
  const most = Math.min(a.length, b.length) - head;
  let length = 0;
  while (length < most && a.at(-1 - length) === b.at(-1 - length)) length++;
  // Of a code that is cut in two, the rest is left to the middle.
  for (const { index, 0: code } of a.matchAll(sgr)) {
    const start = a.length - length;
    if (index < start && start < index + code.length) length = a.length - index - code.length;
  }
  return length;
}

function codesOf(text: string): readonly string[] {
  return text.match(sgr) ?? [];
}

/** What ends what, by the numbers of ECMA-48: the colours of the text and of the ground, weight, line, bar. */
const ends: Readonly<Record<string, RegExp>> = {
  '39': /^(?:3[0-8]|9\d)(?:[;:]|$)/,
  '49': /^(?:4[0-8]|10\d)(?:[;:]|$)/,
  '22': /^[12]$/,
  '23': /^3$/,
  '24': /^4(?::|$)/,
  '27': /^7$/,
};

/** The codes that still have an effect after all of these. */
function standing(codes: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (const code of codes) {
    const parameter = code.slice(2, -1);
    const ended = ends[parameter];
    if (parameter === '' || parameter === '0') kept.length = 0;
    else if (ended === undefined) kept.push(code);
    else kept.splice(0, kept.length, ...kept.filter((one) => !ended.test(one.slice(2, -1))));
  }
  return kept;
}
