import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pad, truncate, widthOf } from '../../src/tui/cells.ts';

describe('cells', () => {
  test('counts wide characters as two and combining marks as none', () => {
    expect(widthOf('plain')).toBe(5);
    expect(widthOf('日本')).toBe(4);
    expect(widthOf('✕ ● ▲ ◌ · – …')).toBe(13);
    expect(widthOf('e\u0301')).toBe(1);
  });

  test('leaves an ellipsis where it cuts, never half a wide character', () => {
    expect(truncate('connection refused', 10)).toBe('connectio…');
    expect(truncate('日本語', 5)).toBe('日本…');
    expect(truncate('日本語', 4)).toBe('日…');
    expect(truncate('abc', 0)).toBe('');
    expect(truncate('abc', 1)).toBe('…');
  });

  test('makes a family of joined emoji the same in every terminal', () => {
    expect(pad('👨‍👩‍👧 x', 10)).toBe('👨👩👧 x  ');
    expect(pad('☁️ x', 5)).toBe('☁ x  ');
  });

  test('aligns to the right', () => {
    expect(pad('5 ms', 7, 'right')).toBe('   5 ms');
  });

  test('pads any text to exactly the width asked for', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 30 });
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 40 }), (one, width) => {
        expect(widthOf(pad(one, width))).toBe(width);
      }),
    );
  });
});
