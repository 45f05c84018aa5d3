import { describe, expect, test } from 'vitest';
import { keyRows } from '../../src/tui/key-sections.ts';
import { textOf } from '../../src/tui/line.ts';
import { helpLines } from '../../src/tui/parts/help.ts';

describe('the help', () => {
  test.each([40, 80, 100, 120, 200])('is cut nowhere on %i columns', (width) => {
    const lines = helpLines(width, null).map(textOf);
    for (const line of lines) expect(line.trimEnd().length).toBeLessThanOrEqual(width);
    const half = width < 100 ? width : Math.floor(width / 2);
    const left = lines.map((line) => line.slice(0, half));
    const right = lines.map((line) => line.slice(half));
    const words = [...left, ...right].join(' ').replace(/\s+/g, ' ');
    for (const { words: said } of keyRows('acting')) expect(words).toContain(said);
    for (const { words: said } of keyRows('lists')) expect(words).toContain(said);
  });
});
