import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedMiddle } from '../../src/tui/changed-middle.ts';
import { fitLine, type Line, type Tone } from '../../src/tui/line.ts';
import { paintLines } from '../../src/tui/paint.ts';
import { createTerminal, type HeadlessTerminal } from '../support/terminal.ts';

const columns = 40;
const red = (text: string): string => `\u001b[31m${text}\u001b[39m`;
const dim = (text: string): string => `\u001b[2m${text}\u001b[22m`;

describe('what has changed in the middle of a line', () => {
  it.each([
    ['a number', `web  10 ms  ${dim('▃▃▃')}`, `web  20 ms  ${dim('▃▃▃')}`, '\u001b[6G2'],
    ['within a colour', red('12 down'), red('13 down'), '\u001b[2G\u001b[31m3\u001b[m'],
    ['behind a colour', `${red('x')} 1 y`, `${red('x')} 2 y`, '\u001b[3G2'],
    ['behind a reset', `\u001b[1;7mx\u001b[m 1 y`, `\u001b[1;7mx\u001b[m 2 y`, '\u001b[3G2'],
  ])('is written alone: %s', (_what, previous, next, written) => {
    expect(changedMiddle(previous, next)).toBe(written);
  });

  it.each([
    ['another number of cells', 'up 9 ms x', 'up 10 ms x'],
    ['another colour', red('x'), dim('x')],
    ['a wide character', '日本 1', '日本 2'],
    ['a code that is none of a colour', '\u001b[2Ka', '\u001b[2Kb'],
    ['a code that is no end', 'a\u001b[31', 'b\u001b[31'],
    ['text where the other has a code', `xamX`, `x\u001b[1mX`],
  ])('is not told of %s', (_what, previous, next) => {
    expect(changedMiddle(previous, next)).toBe(null);
  });

  const tone = fc.constantFrom<Tone>('plain', 'dim', 'strong', 'bad', 'good', 'badge', 'fault');
  const segment = fc.record({ text: fc.stringMatching(/^[ab1 ▃●]{0,6}$/), tone });
  const line: fc.Arbitrary<Line> = fc.record(
    {
      segments: fc.array(segment, { maxLength: 6 }),
      look: fc.constantFrom('selected' as const, 'faded' as const),
    },
    { requiredKeys: ['segments'] },
  );
  const painted = (one: Line): string =>
    paintLines([fitLine(one, columns)], { columns, theme: 'dark' })[0] ?? '';
  const shows = async (...writes: readonly string[]): Promise<unknown> => {
    const terminal: HeadlessTerminal = createTerminal(columns, 2);
    await terminal.write(`\r\n${writes.join('')}`);
    return terminal.svg();
  };

  it('shows the same as the whole line, whatever was there before', async () => {
    let alone = 0;
    await fc.assert(
      fc.asyncProperty(line, line, fc.nat(), async (from, other, at) => {
        // One segment of the other line, so that most of both is the same.
        const place = at % Math.max(1, from.segments.length);
        const segments = from.segments.map((one, index) =>
          index === place ? (other.segments[0] ?? one) : one,
        );
        const [previous, next] = [painted(from), painted({ ...from, segments })];
        const middle = previous === next ? null : changedMiddle(previous, next);
        if (middle === null) return;
        alone++;
        expect(await shows(previous, middle)).toEqual(await shows(next));
      }),
      { numRuns: 600 },
    );
    expect(alone).toBeGreaterThan(20);
  });
});
