import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filteredRows } from '../../src/tui/filtered-rows.ts';
import {
  bottomIndex,
  freshLogs,
  type LogRow,
  type LogRows,
  rowMatcher,
} from '../../src/tui/logs-view.ts';

const row = (number: number, text: string, tag = ''): LogRow => {
  return { number, text, tag, tagIndex: 0, atMs: null };
};
const textsOf = (rows: LogRows): readonly string[] => rows.slice(0).map(({ text }) => text);

describe('the rows that a filter leaves', () => {
  const step = fc.record({
    come: fc.array(fc.constantFrom('error one', 'warning', 'fine', 'Error two'), { maxLength: 5 }),
    dropped: fc.nat(4),
    filter: fc.constantFrom('', 'error', '!error', 'w.*g', '~eo', 'nothing'),
  });

  test('are the same whether asked for once or after each change', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const ids = ['panda/worker'];
        let rows: readonly LogRow[] = [];
        let number = 0;
        for (const { come, dropped, filter } of steps) {
          rows = [...rows, ...come.map((text) => row(++number, text))].slice(dropped);
          const whole = filter === '' ? rows : rows.filter(rowMatcher(filter));
          expect(filteredRows({ ids, rows }, { filter })).toEqual(whole);
        }
      }),
    );
  });

  test('are found without looking at a line twice', () => {
    let looks = 0;
    const watched = (number: number, text: string): LogRow => ({
      ...row(number, ''),
      get text() {
        looks++;
        return text;
      },
    });
    const ids = ['panda/worker'];
    const first = Array.from({ length: 100 }, (_, index) => watched(index + 1, 'an error'));
    filteredRows({ ids, rows: first }, { filter: 'error' });
    expect(looks).toBe(100);
    const more = [...first.slice(10), watched(101, 'an error'), watched(102, 'fine')];
    const left = filteredRows({ ids, rows: more }, { filter: 'error' });
    expect(looks).toBe(102);
    expect(left.slice(0).map(({ number }) => number)).toEqual(
      Array.from({ length: 91 }, (_, index) => index + 11),
    );
    expect(filteredRows({ ids, rows: more }, { filter: 'error' })).toBe(left);
    expect(looks).toBe(102);
  });

  test('are those of the logs in view, also when they are read anew from a first line', () => {
    const ids = ['panda/worker'];
    filteredRows({ ids, rows: [row(1, 'old error'), row(2, 'fine')] }, { filter: 'error' });
    const anew = [row(1, 'fine'), row(2, 'new error'), row(3, 'fine')];
    expect(textsOf(filteredRows({ ids, rows: anew }, { filter: 'error' }))).toEqual(['new error']);
  });
});

describe('a line', () => {
  test.each([
    ['redis', true],
    ['h:panda', true],
    ['!refused', false],
    ['!h:panda', false],
    ['~rdsrfsd', false],
    ['~hprf', true],
    ['s:3306', false],
    ['two  blanks', true],
    ['^\\S+ refused$', false],
    ['', true],
  ])('matches %j: %s', (pattern, expected) => {
    expect(rowMatcher(pattern)(row(1, 'h:panda  refused, two  blanks', 'redis'))).toBe(expected);
  });
});

test('the lowest row that is shown is the last one not after the one that was left', () => {
  const rows = [3, 5, 9].map((number) => row(number, ''));
  const at = (bottom: number | null): number => bottomIndex(rows, { ...freshLogs, bottom });
  expect([null, 2, 3, 4, 5, 8, 9, 10].map(at)).toEqual([2, 0, 0, 0, 1, 1, 2, 2]);
  expect(bottomIndex([], { ...freshLogs, bottom: 4 })).toBe(-1);
});
