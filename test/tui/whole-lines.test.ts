import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import measureText from '../../node_modules/ink/build/measure-text.js';
import Output from '../../node_modules/ink/build/output.js';
import { wholeLines } from '../../src/tui/whole-lines.ts';
import { showLines } from '../support/terminal.ts';

const size = { columns: 30, rows: 6 };
const linesOf = (output: Output): readonly string[] | null =>
  wholeLines(output as unknown as Parameters<typeof wholeLines>[0], widthOf);
const widthOf = (text: string): number => measureText(text).width;

interface Write {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

function outputOf(writes: readonly Write[]) {
  const output = new Output({ width: size.columns, height: size.rows });
  for (const { x, y, text } of writes) output.write(x, y, text, { transformers: [] });
  return output;
}

describe('a frame as its lines', () => {
  it.each([
    ['a text that does not begin at the left', [{ x: 1, y: 0, text: 'a' }]],
    [
      'a text over another',
      [
        { x: 0, y: 0, text: 'a' },
        { x: 0, y: 0, text: 'b' },
      ],
    ],
    ['a text below the frame', [{ x: 0, y: 6, text: 'a' }]],
    ['a text above the frame', [{ x: 0, y: -1, text: 'a' }]],
    ['a text of two lines', [{ x: 0, y: 0, text: 'a\nb' }]],
    ['a text that is too wide', [{ x: 0, y: 0, text: 'x'.repeat(31) }]],
    ['a character that takes no cell', [{ x: 0, y: 0, text: 'a\u200bb' }]],
  ])('is none with %s', (_what, writes) => {
    expect(linesOf(outputOf(writes))).toBe(null);
  });

  it('is none where something is clipped', () => {
    const output = outputOf([]);
    output.clip({ x1: 0, x2: 2, y1: 0, y2: 2 });
    expect(linesOf(output)).toBe(null);
  });

  it('is changed as Ink would change it', () => {
    const output = outputOf([]);
    output.write(0, 1, 'abc', { transformers: [(line: string) => line.toUpperCase()] });
    expect(linesOf(output)).toEqual(['', 'ABC', '', '', '', '']);
  });

  const piece = fc.constantFrom(
    'up',
    ' ',
    '日本',
    '👨‍👩‍👧',
    '●',
    '\u001b[1m',
    '\u001b[31m',
    '\u001b[7m',
    'e\u0301',
  );
  const text = fc.array(piece, { maxLength: 12 }).map((all) => `${all.join('')}\u001b[m`);

  it('shows what Ink shows of it cell by cell', async () => {
    let same = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: size.rows }), async (texts) => {
        const writes = texts.map((one, y) => ({ x: 0, y, text: one }));
        const lines = linesOf(outputOf(writes));
        if (lines === null) return;
        same++;
        const { output } = outputOf(writes).get() as { readonly output: string };
        const seen = await showLines(lines, size);
        const inks = await showLines(output.split('\n'), size);
        expect(seen.svg()).toEqual(inks.svg());
      }),
      { numRuns: 200 },
    );
    expect(same).toBeGreaterThan(50);
  });
});
