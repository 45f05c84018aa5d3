import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationSchema } from '../../src/inventory/duration.ts';
import { faultLine, pathText } from '../../src/inventory/fault.ts';
import { fileId } from '../../src/inventory/to-inventory.ts';
import { parseDuration } from '../../src/model/duration.ts';
import { nearest } from '../../src/model/nearest.ts';

describe('a duration', () => {
  const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

  it('is its number times its unit', () => {
    const units = fc.constantFrom(...(Object.keys(unitMs) as (keyof typeof unitMs)[]));
    fc.assert(
      fc.property(fc.nat(999_999_999), units, (n, unit) => {
        expect(parseDuration(`${n}${unit}`)).toBe(n * unitMs[unit]);
      }),
    );
  });

  it('is nothing else than digits and one unit', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'019.- smhdw'), maxLength: 6 }), (text) => {
        fc.pre(!/^\d+(ms|s|m|h|d)$/.test(text));
        expect(parseDuration(text)).toBeNull();
      }),
    );
  });

  it.each(['', '10', 's', '1.5s', '-1s', '1 s', '10S', '1h30m', '9999999999s'])(
    'is not "%s"',
    (text) => {
      expect(parseDuration(text)).toBeNull();
    },
  );

  it('is held within its limits, both included', () => {
    const schema = durationSchema({ minMs: 100, maxMs: 300_000 });
    const isGood = (text: string): boolean => schema.safeParse(text).success;
    expect(['99ms', '100ms', '5m', '301s'].map(isGood)).toEqual([false, true, true, false]);
  });
});

describe('the nearest word', () => {
  const known = ['interval', 'timeout', 'failureThreshold', 'url'];
  it.each([
    ['intervall', 'interval'],
    ['Timeout', 'timeout'],
    ['timeuot', 'timeout'],
    ['failurThreshhold', 'failureThreshold'],
    ['uri', 'url'],
    ['wholly-different', null],
    ['', null],
  ])('to "%s" is %s', (word, expected) => {
    expect(nearest(word, known)).toBe(expected);
  });

  it('is the first of equals, and of nothing is none', () => {
    expect(nearest('ab', ['ax', 'ay'])).toBe('ax');
    expect(nearest('ab', [])).toBeNull();
  });

  it('to a known word is that word', () => {
    const words = fc.uniqueArray(fc.string({ minLength: 1 }), {
      minLength: 1,
      selector: (word) => word.toLowerCase(),
    });
    fc.assert(
      fc.property(words, (all) => {
        for (const word of all) expect(nearest(word, all)).toBe(word);
      }),
    );
  });
});

describe('a fault’s line', () => {
  const at = { file: 'inventory.yaml', line: 12, column: 7 };
  it.each([
    [
      'services[2].checks[0].url',
      'x',
      'inventory.yaml:12:7: services[2].checks[0].url: is bad, try: x',
    ],
    ['', 'x', 'inventory.yaml:12:7: is bad, try: x'],
    ['name', '', 'inventory.yaml:12:7: name: is bad'],
  ])('at "%s" with hint "%s" is %s', (path, hint, line) => {
    expect(faultLine({ ...at, path, message: 'is bad', hint })).toBe(line);
  });

  it('writes a path as one would in code', () => {
    expect(pathText(['services', 2, 'checks', 0, 'url'])).toBe('services[2].checks[0].url');
    expect(pathText([])).toBe('');
  });
});

it.each([
  ['launchd', 'infra/launchd/com.joel.caddy.plist', 'launchd/com.joel.caddy'],
  ['k8s', 'k8s/redis.yml', 'k8s/redis'],
  ['file', 'start.sh', 'file/start.sh'],
])('a file of kind %s from %s is %s', (kind, source, id) => {
  expect(fileId({ kind, source })).toBe(id);
});
