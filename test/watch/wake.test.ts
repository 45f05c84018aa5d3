import { describe, expect, test } from 'vitest';
import type { NetworkState } from '../../src/model/health.ts';
import { jittered, longestBackOff, nextBackOff } from '../../src/watch/back-off.ts';
import { afterBreak, clockJumped } from '../../src/watch/wake.ts';

const planned = { plannedMs: 1000, slackMs: 20_000 };
const at = (wallMs: number, monotonicMs: number) => ({ wallMs, monotonicMs });

describe('a gap in time', () => {
  test.each([
    ['a tick on time', at(1000, 1000), false],
    ['a tick that is late under load', at(9000, 9000), false],
    ['a laptop that slept: the wall went on, the other clock did not', at(3_600_000, 1000), true],
    ['a process that was stopped: both went on', at(60_000, 60_000), true],
    ['a clock set back by an hour', at(-3_600_000, 1000), true],
    ['a clock corrected by a second', at(2000, 1000), false],
  ])('%s', (_title, now, jumped) => {
    expect(clockJumped(at(0, 0), now, planned)).toBe(jumped);
  });
});

describe('a state that was kept on disk', () => {
  const unwatchedUntil = '2026-02-15T08:30:00.000Z';
  const down = { state: 'down', since: '2026-02-15T08:00:00.000Z', unwatchedUntil, waitMs: 10_000 };
  const streak = { toward: 'down', n: 2, of: 3 };
  const kept = (seenAt: string): NetworkState =>
    ({ at: seenAt, health: { a: { ...down, seenAt, streak } }, transitions: [] }) as never;
  const nowMs = Date.parse('2026-02-18T09:00:00.000Z');

  test('of minutes ago goes on: runs of a cron every five minutes are in a row', () => {
    const state = kept('2026-02-18T08:55:00.000Z');
    expect(afterBreak(state, nowMs).health['a']).toEqual(state.health['a']);
  });

  test('of days ago is not "in a row" with today, nor so "since" then', () => {
    const { health } = afterBreak(kept('2026-02-15T09:00:00.000Z'), nowMs);
    expect(health['a']).toMatchObject({
      state: 'down',
      since: '2026-02-18T09:00:00.000Z',
      unwatchedUntil: null,
      streak: { toward: null, n: 0 },
    });
  });
});

describe('back-off', () => {
  const down = { confirmed: { state: 'down', since: '' }, state: 'down' } as never;
  const fresh = { confirmed: { state: 'up', since: '' }, state: 'down' } as never;

  test('begins only when down is confirmed, and ends at three intervals', () => {
    expect(nextBackOff(1, undefined, 'down')).toBe(1);
    expect(nextBackOff(1, fresh, 'down')).toBe(1);
    expect(nextBackOff(1, down, 'down')).toBe(2);
    expect(nextBackOff(longestBackOff, down, 'down')).toBe(longestBackOff);
  });

  test('ends with the first answer of another kind', () => {
    expect(nextBackOff(3, down, 'up')).toBe(1);
    expect(nextBackOff(3, down, 'unknown')).toBe(1);
  });

  test('jitter stays within a tenth', () => {
    expect(jittered(10_000, 0)).toBe(9000);
    expect(jittered(10_000, 0.999)).toBeLessThan(11_000);
  });
});
