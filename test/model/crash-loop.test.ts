import { describe, expect, test } from 'vitest';
import { judgeStarts, trackStarts } from '../../src/model/crash-loop.ts';
import type { JsonObject } from '../../src/model/json.ts';

const minuteMs = 60_000;

/** The facts after sightings of a counter, `[minute, starts]` each. */
function seen(
  sightings: readonly (readonly [number, number])[],
  badExit: string | null,
): JsonObject {
  let facts: JsonObject | null = null;
  for (const [minute, starts] of sightings) {
    facts = trackStarts({ starts, badExit }, facts, minute * minuteMs);
  }
  return facts ?? {};
}

const up = { state: 'up', note: '' } as const;

describe('the crash-loop rule', () => {
  test.each<[string, readonly (readonly [number, number])[], string | null, string]>([
    ['one sample says nothing', [[0, 22_138]], 'exit 78', 'up: '],
    [
      'a unit that stays',
      [
        [0, 3],
        [1, 3],
        [2, 3],
      ],
      'exit 1',
      'up: ',
    ],
    [
      'one clean restart is somebody at work',
      [
        [0, 3],
        [1, 4],
      ],
      null,
      'up: ',
    ],
    [
      'one restart after a bad exit',
      [
        [0, 3],
        [1, 4],
      ],
      'exit 1',
      'degraded: restarted after exit 1',
    ],
    [
      'two clean restarts: KeepAlive over a program that ends',
      [
        [0, 3],
        [1, 5],
      ],
      null,
      'degraded: restarts again and again',
    ],
    [
      'four within the window',
      [
        [0, 19],
        [1, 20],
        [2, 22],
        [4, 23],
      ],
      'exit 1',
      'degraded: crash loop, exit 1',
    ],
    [
      'it still holds while the unit looks well',
      [
        [0, 19],
        [1, 21],
        [5, 21],
      ],
      'SIGSEGV',
      'degraded: crash loop, SIGSEGV',
    ],
    [
      'it ends when the window has passed',
      [
        [0, 19],
        [1, 21],
        [6.5, 21],
        [7, 21],
      ],
      'SIGSEGV',
      'up: ',
    ],
    [
      'a counter that fell is a new unit',
      [
        [0, 640],
        [1, 641],
        [2, 1],
      ],
      'exit 1',
      'up: ',
    ],
    [
      'and counts from there',
      [
        [0, 640],
        [2, 1],
        [3, 2],
      ],
      'exit 1',
      'degraded: restarted after exit 1',
    ],
  ])('%s', (_title, sightings, badExit, expected) => {
    const { state, note } = judgeStarts(up, seen(sightings, badExit));
    expect(`${state}: ${note}`).toBe(expected);
  });

  test('trouble that is already told says how often it came', () => {
    const facts = seen(
      [
        [0, 19],
        [1, 23],
      ],
      'exit 1',
    );
    expect(judgeStarts({ state: 'down', note: 'spawn scheduled' }, facts)).toEqual({
      state: 'down',
      note: 'spawn scheduled; crash loop, exit 1',
    });
    expect(judgeStarts({ state: 'down', note: 'stopped after exit 1' }, facts).note).toBe(
      'stopped after exit 1; crash loop',
    );
  });

  test('facts without a counter are left alone', () => {
    const facts = { status: 200 };
    expect(trackStarts(facts, null, 0)).toBe(facts);
    expect(judgeStarts(up, facts)).toBe(up);
  });

  test('a sighting tells its time as every fact does, in RFC 3339', () => {
    const atMs = Date.UTC(2026, 1, 18, 9);
    const facts = trackStarts({ starts: 3, badExit: null }, null, atMs);
    expect(facts['sightings']).toEqual([{ at: '2026-02-18T09:00:00.000Z', starts: 3 }]);
  });

  test('the window is five minutes however often is asked', () => {
    const everySecond = Array.from({ length: 280 }, (_, index) => [index / 60, 5] as const);
    const facts = seen([[-0.1, 3], ...everySecond], null);
    expect(facts['restarts']).toBe(2);
    expect(facts['sightings']).toHaveLength(2);
  });

  test.each([
    [6, 6, 5],
    [10, 40, 20],
    [60, 5, 0],
    [60, -2, 0],
  ])(
    'samples %i minutes apart with %i more starts have %i of them within five',
    (apart, more, restarts) => {
      const rarely: readonly (readonly [number, number])[] = [
        [0, 3],
        [apart, 3 + more],
      ];
      expect(seen(rarely, 'exit 1')['restarts']).toBe(restarts);
    },
  );

  test('a clock that was set back has seen no restarts of now', () => {
    const back: readonly (readonly [number, number])[] = [
      [60, 1],
      [0, 1],
      [0.5, 2],
      [30, 3],
    ];
    expect(seen(back, null)['restarts']).toBe(0);
  });

  test('what is remembered is bounded, and damaged memory is no trouble', () => {
    const sightings = Array.from({ length: 500 }, (_, index) => [index / 100, index] as const);
    expect((seen(sightings, null)['sightings'] as JsonObject[]).length).toBeLessThanOrEqual(64);
    const damaged = { sightings: [null, 'x', { at: 7, starts: 3 }, { at: 'y', starts: 0 }] };
    expect(trackStarts({ starts: 1, badExit: null }, damaged, 0)['restarts']).toBe(0);
  });
});
