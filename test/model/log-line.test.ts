import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type LogLine, mergeLines, timeInLine } from '../../src/model/log-line.ts';

test.each([
  ['2026-02-18T09:00:00.123Z started', '2026-02-18T09:00:00.123Z'],
  ['[2026-02-18 09:00:00] started', '2026-02-18T09:00:00.000Z'],
  ['2026-02-18 09:00:00,250 INFO started', '2026-02-18T09:00:00.250Z'],
  ['2026-02-18T01:00:00.123456789-08:00 x', '2026-02-18T09:00:00.123Z'],
  ['{"level":30,"time":1771405200000,"msg":"x"}', '2026-02-18T09:00:00.000Z'],
  ['{"ts":1771405200,"msg":"x"}', '2026-02-18T09:00:00.000Z'],
  ['{"timestamp":"2026-02-18T09:00:00Z"}', '2026-02-18T09:00:00.000Z'],
])('%s tells its time', (text, at) => {
  expect(new Date(timeInLine(text) ?? 0).toISOString()).toBe(at);
});

test.each([
  'started at 2026-02-18T09:00:00Z',
  '    at Module._load (node:internal)',
  '{"msg":"x"}',
  '2026-13-45T99:00:00Z x',
  '',
])('%s does not', (text) => {
  expect(timeInLine(text)).toBeNull();
});

const line = (service: string, atMs: number | null, text: string): LogLine => ({
  ...{ service, from: 'journal', atMs, text },
});

test('lines are merged by time, and one without stands with the one before it', () => {
  const a = [line('a', 10, 'Error'), line('a', null, '  at here'), line('a', 30, 'again')];
  const b = [line('b', null, 'first'), line('b', 20, 'second')];
  expect(mergeLines([a, b]).map(({ text }) => text)).toEqual([
    'first',
    'Error',
    '  at here',
    'second',
    'again',
  ]);
});

test('a source whose clock goes back keeps its own order', () => {
  const a = [line('a', 30, 'one'), line('a', 10, 'two')];
  expect(mergeLines([a, [line('b', 20, 'x')]]).map(({ text }) => text)).toEqual([
    'x',
    'one',
    'two',
  ]);
});

test('what most programs write is read as a parser of dates reads it, or not at all', () => {
  const tens = fc.integer({ min: 0, max: 99 }).map((value) => String(value).padStart(2, '0'));
  const written = fc
    .tuple(fc.integer({ min: 1971, max: 2099 }), tens, tens, tens, tens, tens, tens)
    .map(([year, ...two]) => {
      const [month, day, hour, minute, second, part] = two;
      return `${year}-${month}-${day}T${hour}:${minute}:${second}.${part}7Z`;
    });
  fc.assert(
    fc.property(
      fc.oneof(
        written,
        fc
          .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
          .map((at) => at.toISOString()),
      ),
      (text) => {
        const ms = Date.parse(text);
        expect(timeInLine(`${text} and more`)).toBe(Number.isNaN(ms) ? null : ms);
      },
    ),
  );
});
