import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLogShelf } from '../../src/commands/acting/log-shelf.ts';
import type { LogLine } from '../../src/model/log-line.ts';

const line = (text: string, service = 'panda/worker'): LogLine => {
  return { service, from: 'journal', atMs: null, text };
};
const both = ['panda/worker', 'panda/redis'];

test('lines are numbered as they come, tagged only where there are several logs', () => {
  const alone = createLogShelf(['panda/worker']);
  alone.add([line('one'), line('two')]);
  expect(alone.view().rows.slice(0)).toMatchObject([
    { number: 1, tag: '', text: 'one' },
    { number: 2, tag: '', text: 'two' },
  ]);
  const shelf = createLogShelf(both);
  shelf.add([line('one'), line('two', 'panda/redis')]);
  expect(shelf.view().rows.slice(0)).toMatchObject([
    { tag: 'worker', tagIndex: 0 },
    { tag: 'redis', tagIndex: 1 },
  ]);
});

test('of more characters than are kept the oldest lines go, and are counted', () => {
  const shelf = createLogShelf(both, 10);
  shelf.add(['aaaa', 'bbbb', 'cccc'].map((text) => line(text)));
  shelf.add([line('dd')]);
  const { rows, dropped } = shelf.view();
  expect(rows.slice(0).map(({ text }) => text)).toEqual(['bbbb', 'cccc', 'dd']);
  expect(dropped).toBe(1);
  shelf.add([line('longer than all that is kept')]);
  expect(shelf.view()).toMatchObject({ rows: { length: 0 }, dropped: 5 });
});

test('a view that was given out stays as it was', () => {
  const shelf = createLogShelf(both);
  shelf.add([line('one')]);
  const { rows } = shelf.view();
  shelf.add([line('two')]);
  expect(rows.slice(0).map(({ text }) => text)).toEqual(['one']);
  expect(shelf.view().rows.at(0)).toBe(rows.at(0));
});

test('the last trouble that has not ended is told', () => {
  const shelf = createLogShelf(both);
  expect(shelf.view().trouble).toBeNull();
  shelf.trouble('a', 'a is away');
  shelf.trouble('b', 'b is away');
  expect(shelf.view().trouble).toBe('b is away');
  shelf.trouble('b', null);
  expect(shelf.view().trouble).toBe('a is away');
});

test('rows that are given out are those of their moment, whatever comes and goes', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30), { maxLength: 60 }), (sizes) => {
      const shelf = createLogShelf(['panda/worker'], 100);
      let kept: readonly string[] = [];
      const given = sizes.map((size) => {
        shelf.add([line('x'.repeat(size))]);
        kept = [...kept, 'x'.repeat(size)];
        while (kept.join('').length > 100) kept = kept.slice(1);
        return { rows: shelf.view().rows, texts: kept };
      });
      for (const { rows, texts } of given) {
        expect(rows.slice(0).map(({ text }) => text)).toEqual(texts);
        expect(rows.length).toBe(texts.length);
        expect(rows.at(texts.length)).toBeUndefined();
        expect(rows.at(texts.length - 1)?.text).toBe(texts.at(-1));
        expect(rows.slice(1).length).toBe(Math.max(0, texts.length - 1));
      }
    }),
  );
});
