import { expect, test } from 'vitest';
import { whyNotKept } from '../../src/commands/why-not-kept.ts';

test.each([
  ['the system', { code: 'ENOSPC' }, 'no space is left on the disk, ENOSPC'],
  [
    'SQLite, which has one code for all',
    { code: 'ERR_SQLITE_ERROR', errcode: 13 },
    'no space is left on the disk, ENOSPC',
  ],
  ['SQLite', { code: 'ERR_SQLITE_ERROR', errcode: 8 }, 'the disk is read-only, EROFS'],
  ['the system, with no words for it', { code: 'ENOTDIR' }, 'ENOTDIR'],
  ['SQLite, with no words for it', { code: 'ERR_SQLITE_ERROR', errcode: 1 }, 'ERR_SQLITE_ERROR'],
])('why a disk takes nothing is told in words, as %s says it', (_who, error, words) => {
  expect(whyNotKept(error)).toBe(words);
});
