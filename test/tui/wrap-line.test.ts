import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hanging, lineOf, seg, textOf, widthOfSegments } from '../../src/tui/line.ts';
import { wrapLine } from '../../src/tui/wrap-line.ts';

const rowsOf = (...args: Parameters<typeof wrapLine>): readonly string[] =>
  wrapLine(...args).map((row) => textOf(row).trimEnd());

describe('a line that is too long', () => {
  test('goes on below its own text, between words', () => {
    expect(rowsOf(lineOf('  ', seg('one two three four', 'dim')), 12)).toEqual([
      '  one two',
      '  three four',
    ]);
  });

  test('goes on where it is told to', () => {
    const line = hanging(lineOf(' ✕ ssh  ', seg('the key has changed')), 8);
    expect(rowsOf(line, 18)).toEqual([' ✕ ssh  the key', '        has', '        changed']);
  });

  test('keeps a word that fits a row whole, and breaks one that does not where it begins', () => {
    expect(rowsOf(lineOf('key abcdefghij'), 12)).toEqual(['key', 'abcdefghij']);
    expect(rowsOf(lineOf('key abcdefghijklmno'), 12)).toEqual(['key abcdefgh', 'ijklmno']);
  });

  test('never parts a mark from what it is of', () => {
    const line = lineOf(' 2 services  ', seg('●', 'good'), ' web  ', seg('✕', 'bad'), ' worker');
    expect(rowsOf(line, 22)).toEqual([' 2 services  ● web', ' ✕ worker']);
  });

  test('keeps the tone of each piece', () => {
    const [, second] = wrapLine(lineOf('one ', seg('two', 'bad')), 5);
    expect(second?.segments.at(-1)).toEqual({ text: 'two', tone: 'bad' });
  });

  test('is never wider than its room, and nothing of it is lost', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z 用é]{0,30}$/u), { maxLength: 6 }),
        fc.integer({ min: 8, max: 40 }),
        fc.integer({ min: 0, max: 50 }),
        (texts, width, hang) => {
          const line = hanging(lineOf(...texts), hang);
          const rows = wrapLine(line, width);
          for (const row of rows) expect(widthOfSegments(row.segments)).toBeLessThanOrEqual(width);
          const letters = (text: string): string => text.replaceAll(' ', '');
          expect(letters(rows.map(textOf).join(''))).toBe(letters(texts.join('')));
        },
      ),
    );
  });
});
