import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleaner, plainText } from '../../src/model/plain-text.ts';

const esc = '\u001b';
const bell = '\u0007';

/** Control characters, line separators and all that Unicode calls a control of direction. */
const unsafe = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff]/u;

/** Text made mostly of what terminals obey. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      esc,
      `${esc}[`,
      `${esc}]`,
      `${esc}P`,
      `${esc}\\`,
      bell,
      '\u009b',
      '\u009d',
      '\n',
    ),
    fc.constantFrom('\u202e', '\u2066', '\u061c', '\u200f', '31m', ';', '0', 'm', '[', 'é', '😀'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
  ),
  maxLength: 80,
});

describe('plain text', () => {
  it('holds no control character, escape or mark of direction, whatever comes in', () => {
    fc.assert(
      fc.property(hostile, fc.integer({ min: 1, max: 60 }), (text, maxLength) => {
        const plain = plainText(text, maxLength);
        expect(plain).not.toMatch(unsafe);
        expect(plain.length).toBeLessThanOrEqual(maxLength);
      }),
      { numRuns: 500 },
    );
  });

  it('of plain text is that text', () => {
    const plain = fc.string({ unit: fc.constantFrom(...'abc ÄÖ日本😀•-:/'), maxLength: 50 });
    fc.assert(
      fc.property(plain, (text) => {
        expect(plainText(text)).toBe(text.trim());
      }),
    );
  });

  it.each([
    ['a colour', `${esc}[31mred${esc}[0m`, 'red'],
    ['a cursor jump', `a${esc}[2J${esc}[1;1Hb`, 'ab'],
    ['a private mode', `a${esc}[?1049hb`, 'ab'],
    ['a one-byte CSI', 'a\u009b31mb', 'ab'],
    ['a window title, ended by BEL', `a${esc}]0;owned${bell}b`, 'ab'],
    ['a link, ended by ST', `${esc}]8;;http://evil${esc}\\link${esc}]8;;${esc}\\`, 'link'],
    ['a clipboard write', `a${esc}]52;c;ZXZpbA==${bell}b`, 'ab'],
    ['an OSC that never ends', `a${esc}]0;owned`, 'a'],
    ['a DCS with its payload', `a${esc}P1$r0m${esc}\\b`, 'ab'],
    ['an APC with its payload', `a${esc}_Gf=100;AAAA${esc}\\b`, 'ab'],
    ['a charset switch', `a${esc}(0b`, 'ab'],
    ['a reset', `a${esc}cb`, 'ab'],
    ['line breaks and tabs', 'one\r\n\ttwo', 'one two'],
    ['a NUL and a backspace', 'a\0b\u0008c', 'a b c'],
    ['an override of direction', 'user\u202egpj.exe', 'user gpj.exe'],
    ['an Arabic letter mark', 'a\u061cb', 'a b'],
    ['a sequence within a sequence', `${esc}${esc}[0m[31mx`, '[31mx'],
  ])('has lost %s', (_title, text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it('is cut with an ellipsis at its limit, and not below it', () => {
    expect(plainText('abcdef', 6)).toBe('abcdef');
    expect(plainText('abcdefg', 6)).toBe('abcde…');
    expect(plainText('x'.repeat(1_000_000))).toHaveLength(400);
  });

  it('is not cut within a character', () => {
    expect(plainText(`${'x'.repeat(4)}😀😀`, 6).isWellFormed()).toBe(true);
  });
});

describe('a cleaner', () => {
  it('makes every string and key within a value plain, and leaves the rest', () => {
    const clean = cleaner([]);
    const value = { [`k${esc}[1m`]: [`v\n${esc}]0;x${bell}`, 5, null, true], n: { deep: 'a\tb' } };
    expect(clean(value)).toEqual({ k: ['v', 5, null, true], n: { deep: 'a b' } });
  });

  it('leaves a text indented: a line of context in a difference begins with a space', () => {
    const clean = cleaner([]);
    expect(clean([' {', '     respond 503  ', '   '])).toEqual([' {', '     respond 503', '']);
  });

  it('hides secrets wherever they stand', () => {
    const clean = cleaner(['hunter22']);
    expect(clean({ 'x-hunter22': ['redis://:hunter22@localhost'] })).toEqual({
      'x-•••': ['redis://:•••@localhost'],
    });
  });

  it.each([
    ['that a server splits by a sequence', 'hunter22', `hun${esc}[0mter22`],
    ['that the cut would split', 'hunter22', `${'x'.repeat(395)}hunter22`],
    ['that another one begins', 'hunter22', 'hunter22222'],
  ])('hides one %s', (_title, secret, text) => {
    expect(cleaner(['hunter22222', secret])(text)).not.toContain('hunter');
  });

  it('never shows one, whatever surrounds it', () => {
    fc.assert(
      fc.property(hostile, hostile, (before, after) => {
        expect(cleaner(['s3cr3t-t0ken'])(`${before}s3cr3t-t0ken${after}`)).not.toContain('s3cr3t');
      }),
    );
  });

  it.each(['abc', '8288', '54321'])('does not take %s for a secret', (short) => {
    expect(cleaner([short])(`port ${short}`)).toBe(`port ${short}`);
  });
});
