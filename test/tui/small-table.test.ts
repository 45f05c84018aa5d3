import { describe, expect, it } from 'vitest';
import { smallTableLines } from '../../src/tui/small-table.tsx';

const rows = [
  { fact: 'used memory', value: '2.1 MB' },
  { fact: 'policy', value: 'allkeys-lru' },
];

describe('a small table', () => {
  it('is drawn by ink-table', () => {
    expect(smallTableLines(rows, 60)).toEqual([
      '┌─────────────┬─────────────┐',
      '│ fact        │ value       │',
      '├─────────────┼─────────────┤',
      '│ used memory │ 2.1 MB      │',
      '│ policy      │ allkeys-lru │',
      '└─────────────┴─────────────┘',
    ]);
  });

  it('is never wider than its room: the last column goes on below, and nothing is cut', () => {
    const given = [
      { fact: 'note', value: `words and ${'x'.repeat(40)}` },
      { fact: 'at', value: 'now' },
    ];
    expect(smallTableLines(given, 30)).toEqual([
      '┌──────┬─────────────────────┐',
      '│ fact │ value               │',
      '├──────┼─────────────────────┤',
      '│ note │ words and xxxxxxxxx │',
      '│      │ xxxxxxxxxxxxxxxxxxx │',
      '│      │ xxxxxxxxxxxx        │',
      '│ at   │ now                 │',
      '└──────┴─────────────────────┘',
    ]);
  });

  it.each([
    ['there is no row', [], 60],
    ['a cell is wider than long', [{ fact: '用', value: 'x' }], 60],
    ['a cell is narrower than long', [{ fact: 'e\u0301', value: 'x' }], 60],
    ['there is no room', rows, 12],
  ])('is left to words where %s', (_, given, width) => {
    expect(smallTableLines(given, width)).toBeNull();
  });
});
