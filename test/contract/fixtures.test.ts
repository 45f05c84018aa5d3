import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const filesIn = (folder: string): readonly string[] =>
  readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' });

/** What the tests say, in one text. */
const tests = filesIn('.')
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(new URL(path, root), 'utf8'))
  .join('\n');

/** Read as a text that is quoted: by its file's name, or by that without its ending. */
function isNamed(recording: string): boolean {
  const stem = recording.replace(/\.\w+$/, '');
  const quotes = ["'", '`', '/'];
  return [recording, stem].some((name) =>
    quotes.some((before) =>
      quotes.slice(0, 2).some((after) => tests.includes(`${before}${name}${after}`)),
    ),
  );
}

test('every recording is the input of a test', () => {
  const recordings = filesIn('fixtures/').filter(
    (path) => path.includes('/') && !path.endsWith('SOURCES.md'),
  );
  expect(recordings.length).toBeGreaterThan(90);
  const unused = recordings.filter((path) => !isNamed(path.slice(path.lastIndexOf('/') + 1)));
  expect(unused).toEqual([]);
});
