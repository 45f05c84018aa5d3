import { expect, test } from 'vitest';
import { lastWordsOf } from '../../src/model/last-words-of.ts';

test.each([
  [{ lastWords: { text: '    at start (a.js:1)', from: 'worker.log' } }, 'at start (a.js:1)'],
  [{ lastWords: { from: 'worker.log' } }, ''],
])('the last words of %j stand in a sentence', (facts, text) => {
  expect(lastWordsOf(facts)).toEqual({ text, from: 'worker.log' });
});

test.each([[{}], [{ lastWords: 'none' }]])('%j has none', (facts) => {
  expect(lastWordsOf(facts)).toBeNull();
});
