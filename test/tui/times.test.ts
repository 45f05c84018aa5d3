import { describe, expect, test } from 'vitest';
import {
  latencyInSteps,
  momentWords,
  sinceCell,
  sinceWords,
  spanInSteps,
  type TimeFrame,
  zoneWords,
} from '../../src/tui/times.ts';

const nowMs = Date.parse('2026-02-18T09:00:00Z');
const frame = (mode: TimeFrame['mode'], timeZone = 'Europe/Berlin'): TimeFrame => ({
  nowMs,
  mode,
  timeZone,
});

describe('times', () => {
  test.each([
    [-5, '<1m'],
    [59_999, '<1m'],
    [60_000, '1m'],
    [3_599_000, '59m'],
    [7_200_000, '2h'],
    [6 * 86_400_000, '6d'],
  ])('a span of %i ms is %s', (ms, words) => expect(spanInSteps(ms)).toBe(words));

  test.each([
    [null, '–'],
    [0, '1 ms'],
    [1.4, '1 ms'],
    [4, '5 ms'],
    [12, '10 ms'],
    [18, '20 ms'],
    [420, '500 ms'],
    [900, '1 s'],
    [2400, '2 s'],
  ])('a latency of %s ms is %s', (ms, words) => expect(latencyInSteps(ms)).toBe(words));

  test('a clock time is of the zone that is shown', () => {
    expect(sinceCell('2026-02-18T08:05:00Z', frame('local'))).toBe('09:05');
    expect(sinceCell('2026-02-18T08:05:00Z', frame('utc'))).toBe('08:05');
    expect(sinceCell('2026-02-17T08:05:00Z', frame('utc'))).toBe('17 Feb');
    expect(zoneWords(frame('local'))).toBe('Europe/Berlin');
    expect(zoneWords(frame('utc'))).toBe('UTC');
  });

  test('sentences follow the mode', () => {
    expect(sinceWords('2026-02-18T08:57:00Z', frame('relative'))).toBe('for 3m');
    expect(sinceWords('2026-02-18T08:57:00Z', frame('utc'))).toBe('since 18 Feb 08:57');
    expect(momentWords('2026-02-18T08:57:00Z', frame('relative'))).toBe('3m ago');
    expect(sinceWords(null, frame('relative'))).toBe('');
  });
});
