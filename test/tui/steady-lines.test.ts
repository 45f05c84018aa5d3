import { describe, expect, it } from 'vitest';
import { widthOf } from '../../src/tui/cells.ts';
import { fitLine, lineOf, seg, textOf, widthOfSegments } from '../../src/tui/line.ts';

describe('what terminals disagree about', () => {
  it.each([
    ['a skin tone', '👍🏽', '👍'],
    ['a joiner', 'a\u200db', 'ab'],
    ['a family', '👨‍👩‍👧', '👨👩👧'],
    ['a presentation', '❤\ufe0f', '❤'],
    ['a keycap', '1\ufe0f\u20e3', '1'],
  ])('is in no line, also in one that has room: %s', (_what, text, shown) => {
    const line = fitLine(lineOf(seg(text, 'good'), ' 12 ms'), 40);
    expect(textOf(line)).toBe(`${shown} 12 ms`);
    expect(widthOf(text)).toBe(widthOf(shown));
    expect(widthOfSegments(line.segments)).toBe(widthOf(`${shown} 12 ms`));
  });
});
