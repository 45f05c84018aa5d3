import { describe, expect, test } from 'vitest';
import { lastingCell, sinceWords } from '../../src/tui/lasting.ts';
import {
  comingCell,
  comingWords,
  dayClockAndZone,
  latencyInSteps,
  momentWords,
  sinceCell,
  spanInSteps,
  type TimeFrame,
  upForWords,
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

  test.each([
    ['2026-02-18T09:40:00Z', 'in 40m', '10:40', '09:40', '18 Feb 09:40'],
    ['2026-02-19T06:00:00Z', 'in 21h', '19 Feb', '19 Feb', '19 Feb 06:00'],
    ['2026-02-18T09:00:00Z', 'due', '10:00', '09:00', '18 Feb 09:00'],
    ['2026-02-18T08:59:00Z', 'due', '09:59', '08:59', '18 Feb 08:59'],
  ])('what comes at %s', (iso, relative, local, utc, words) => {
    expect(comingCell(iso, frame('relative'))).toBe(relative);
    expect(comingCell(iso, frame('local'))).toBe(local);
    expect(comingCell(iso, frame('utc'))).toBe(utc);
    expect(comingWords(iso, frame('relative'))).toBe(relative);
    expect(comingWords(iso, frame('utc'))).toBe(words);
  });

  test.each([
    ['2026-02-18T08:59:52Z', 'up for 8 s', 'up since 18 Feb 08:59'],
    ['2026-02-18T08:57:00Z', 'up for 3 min', 'up since 18 Feb 08:57'],
    ['2026-02-18T09:00:05Z', 'up for 0 s', 'up since 18 Feb 09:00'],
  ])('what runs since %s', (iso, relative, utc) => {
    expect(upForWords(iso, frame('relative'))).toBe(relative);
    expect(upForWords(iso, frame('utc'))).toBe(utc);
  });

  test('sentences follow the mode', () => {
    const lasting = { since: '2026-02-18T08:57:00Z', unwatchedUntil: null };
    expect(sinceWords(lasting, frame('relative'))).toBe('for 3m');
    expect(sinceWords(lasting, frame('utc'))).toBe('since 18 Feb 08:57');
    expect(momentWords('2026-02-18T08:57:00Z', frame('relative'))).toBe('3m ago');
    expect(sinceWords({ since: null, unwatchedUntil: null }, frame('relative'))).toBe('');
  });

  test('a state that nobody looked at for a while has lasted about so long', () => {
    const lasting = { since: '2026-02-18T06:00:00Z', unwatchedUntil: '2026-02-18T08:58:00Z' };
    expect(lastingCell(lasting, frame('relative'))).toBe('~3h');
    expect(lastingCell(lasting, frame('utc'))).toBe('~06:00');
    expect(sinceWords(lasting, frame('relative'))).toBe('for ~3h, watched for 2m');
    expect(sinceWords(lasting, frame('utc'))).toBe(
      'since ~18 Feb 06:00, watched since 18 Feb 08:58',
    );
    const older = { ...lasting, since: '2026-02-17T06:00:00Z' };
    expect(lastingCell(older, frame('utc'))).toBe('~17Feb');
    const fresh = { since: '2026-02-18T08:59:10Z', unwatchedUntil: '2026-02-18T08:59:50Z' };
    expect(lastingCell(fresh, frame('relative'))).toBe('<1m');
    expect(sinceWords(fresh, frame('relative'))).toBe('for <1m');
    expect(lastingCell({ ...lasting, unwatchedUntil: null }, frame('relative'))).toBe('3h');
  });

  test('a clock time tells its zone where spans stand elsewhere, summer time too', () => {
    const iso = '2026-07-01T22:30:00Z';
    expect(dayClockAndZone(iso, frame('relative'))).toBe('2 Jul 00:30 CEST');
    expect(dayClockAndZone(iso, frame('relative', 'Asia/Kolkata'))).toBe('2 Jul 04:00 GMT+5:30');
    expect(dayClockAndZone(iso, frame('local'))).toBe('2 Jul 00:30');
  });
});
