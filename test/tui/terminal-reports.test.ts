import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, test } from 'vitest';
import { takeReports } from '../../src/tui/terminal-reports.ts';

const esc = '\u001b';
let told: string[];
let waiting: { readonly work: () => void; readonly ms: number } | undefined;
let send: (chunk: string) => string;
/** The terminal falls silent for longer than anything is waited for. */
const silence = (): void => {
  const { work } = waiting ?? {};
  waiting = undefined;
  work?.();
};

beforeEach(() => {
  told = [];
  waiting = undefined;
  const stdin = new PassThrough({ encoding: 'utf8' }) as unknown as NodeJS.ReadStream & PassThrough;
  takeReports(stdin, {
    onFocus: (focused) => told.push(focused ? 'focus' : 'blur'),
    onWheel: (direction) => told.push(`wheel ${direction}`),
    onClick: (column, row) => told.push(`click ${column} ${row}`),
    onEscape: () => told.push('esc'),
    onPaste: (text) => told.push(`paste ${text}`),
    later: (work, ms) => {
      const made = { work, ms };
      waiting = made;
      return () => {
        if (waiting === made) waiting = undefined;
      };
    },
  });
  send = (chunk) => {
    stdin.write(chunk);
    const read: unknown = stdin.read();
    return read === null ? '' : String(read);
  };
});

describe('what a terminal sends', () => {
  test.each([
    ['keys', 'jk2', 'jk2'],
    ['an arrow, a function key, one with shift of rxvt', `${esc}[B${esc}[[A${esc}[2$`, null],
    ['alt and a key', `${esc}j`, null],
    ['an escape before an arrow', `${esc}${esc}[A`, null],
    ['a whole paste', `${esc}[200~q\ny${esc}[201~`, null],
    ['a paste of half a sequence', `${esc}[200~${esc}]52;${esc}[201~j`, null],
  ])('reaches Ink as it is: %s', (_what, sent, wanted) => {
    expect(send(sent)).toBe(wanted ?? sent);
    expect(waiting).toBeUndefined();
  });

  test('reports are told, also between keys', () => {
    expect(send(`j${esc}[I${esc}[<64;3;9M${esc}[<0;3;9M${esc}[<0;3;9mk${esc}[O`)).toBe('jk');
    expect(told).toEqual(['focus', 'wheel -1', 'click 2 8', 'blur']);
  });

  test.each([
    ['DCS', `${esc}P1$r0m${esc}\\`],
    ['OSC, by BEL', `${esc}]52;c;AAAA\u0007`],
    ['OSC, by ST', `${esc}]11;rgb:1c1c/1c1c/1c1c${esc}\\`],
    ['APC', `${esc}_Gi=1;OK${esc}\\`],
    ['PM', `${esc}^quiet${esc}\\`],
    ['SOS', `${esc}Xstart${esc}\\`],
  ])('an answer to what another had asked is no keys: %s', (_what, answer) => {
    expect(send(`j${answer}k`)).toBe('jk');
    // Wherever it is cut in two.
    for (let cut = 1; cut < answer.length; cut++) {
      expect(send(`j${answer.slice(0, cut)}`)).toBe('j');
      expect(send(`${answer.slice(cut)}k`)).toBe('k');
    }
    expect(told).toEqual([]);
  });

  test('a report is put together wherever it is cut in two', () => {
    const report = `${esc}[<0;5;7M`;
    for (let cut = 1; cut < report.length; cut++) {
      expect(send(report.slice(0, cut))).toBe('');
      expect(send(report.slice(cut))).toBe('');
    }
    expect(told).toEqual(Array(report.length - 1).fill('click 4 6'));
  });

  test('what is cut off is not typed, and the next key is a key', () => {
    expect(send(`${esc}[<0;5`)).toBe('');
    silence();
    expect(send('j')).toBe('j');
    expect(send(`${esc}]52;c;AAAA`)).toBe('');
    silence();
    expect(send('j')).toBe('j');
    expect(told).toEqual([]);
  });

  test('ctrl-c within what is not finished is ctrl-c', () => {
    expect(send(`${esc}[<0;5\u0003`)).toBe('\u0003');
    expect(send(`${esc}]52;c;AA\u0003`)).toBe('\u0003');
  });

  test('an escape is the key when nothing follows soon', () => {
    expect(send(`j${esc}`)).toBe('j');
    expect(waiting?.ms).toBeLessThan(50);
    silence();
    expect(told).toEqual(['esc']);
    expect(send('[')).toBe('[');
  });
});

describe('a paste without an end', () => {
  beforeEach(() => {
    expect(send(`${esc}[200~unfinished`)).toBe('');
  });

  test('takes what comes until its end', () => {
    expect(send('jq')).toBe('');
    expect(send(`y${esc}[20`)).toBe('');
    expect(send('1~k')).toBe(`${esc}[200~unfinishedjqy${esc}[201~k`);
  });

  test('ends when the terminal falls silent, and is told as far as it came', () => {
    expect(waiting?.ms).toBeGreaterThanOrEqual(1000);
    silence();
    expect(told).toEqual(['paste unfinished']);
    expect(send('j')).toBe('j');
  });

  test.each(['\u0003', '\u000c', '\u001a'])('ends by %j, which acts', (key) => {
    expect(send(key)).toBe(key);
    expect(told).toEqual(['paste unfinished']);
    expect(send('j')).toBe('j');
  });

  test('ends by escape', () => {
    expect(send(esc)).toBe('');
    silence();
    expect(told).toEqual(['paste unfinished', 'esc']);
  });

  test('is never kept as a whole when there is much of it, and its end is still found', () => {
    for (let piece = 0; piece < 100; piece++) send('x'.repeat(1000));
    const sent = send(`${esc}[201~k`);
    expect(sent.length).toBeLessThan(10_000);
    expect(sent.endsWith(`x${esc}[201~k`)).toBe(true);
  });
});
