import { describe, expect, it } from 'vitest';
import {
  type Applied,
  type AppliedFile,
  appliedText,
  parseApplied,
} from '../../src/model/applied.ts';

const more = {
  unreadSince: null,
  place: { kind: 'file', host: 'here', path: '/srv/run' },
  keys: null,
  kept: null,
};
const one = { sha256: 'ab', mode: '0755', at: '2026-02-18T09:00:00.000Z', apply: 'x', ...more };

describe('the record of what was applied', () => {
  it('is read as it was kept, its ids in order', () => {
    const applied: Applied = new Map<string, AppliedFile>([
      ['z', one],
      ['a', { ...one, mode: null }],
    ]);
    const text = appliedText(applied);
    expect(parseApplied(text)).toEqual(applied);
    expect(text.indexOf('"a"')).toBeLessThan(text.indexOf('"z"'));
  });

  it('is of nothing where there is none', () => {
    expect(parseApplied(null)).toEqual(new Map());
  });

  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a newer version', JSON.stringify({ version: 2, items: {} })],
    ['no items', JSON.stringify({ version: 1 })],
    ['an item that is none', JSON.stringify({ version: 1, items: { a: 1 } })],
    ['an item without a sum', JSON.stringify({ version: 1, items: { a: { ...one, sha256: 1 } } })],
  ])('is none of ours with %s', (_what, text) => {
    expect(parseApplied(text)).toBe(null);
  });
});
