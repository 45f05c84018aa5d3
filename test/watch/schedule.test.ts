import { describe, expect, test } from 'vitest';
import type { BoundCheck } from '../../src/kinds/contract.ts';
import { createSchedule, type Schedule } from '../../src/watch/schedule.ts';

function checkOf(id: string, more: Partial<BoundCheck> = {}): BoundCheck {
  return {
    id,
    host: 'a',
    service: null,
    kind: 'systemd',
    name: 'systemd',
    parents: [],
    together: 'a/systemd',
    intervalMs: 10_000,
    timeoutMs: 5000,
    failureThreshold: 3,
    successThreshold: 2,
    run: () => Promise.reject(new Error('it is not run here')),
    deeds: () => [],
    logs: () => null,
    ...more,
  };
}

const idsOf = (checks: readonly BoundCheck[]): readonly string[] => checks.map(({ id }) => id);

/** Says that a check was up, with the least or the most that chance may make of its wait. */
function answer(schedule: Schedule, id: string, nowMs: number, random: number): void {
  schedule.answered(id, { state: 'up', known: undefined, nowMs, random });
}

describe('checks that are cheaper together', () => {
  test('are due at one moment, whatever chance says', () => {
    const schedule = createSchedule([checkOf('x'), checkOf('y'), checkOf('z')], 0);
    expect(idsOf(schedule.take(0))).toEqual(['x', 'y', 'z']);
    answer(schedule, 'x', 0, 0.999);
    answer(schedule, 'y', 0, 0);
    answer(schedule, 'z', 40, 0.5);
    expect(schedule.take(8999)).toEqual([]);
    expect(idsOf(schedule.take(9000))).toEqual(['x', 'y', 'z']);
  });

  test('are in step again after the first answer of one that was not', () => {
    const schedule = createSchedule([checkOf('x'), checkOf('y')], 0);
    schedule.take(0);
    answer(schedule, 'x', 0, 0.5);
    answer(schedule, 'y', 7000, 0.5);
    expect(idsOf(schedule.take(10_000))).toEqual(['x']);
    answer(schedule, 'x', 10_000, 0.5);
    expect(idsOf(schedule.take(17_000))).toEqual(['x', 'y']);
  });

  test.each([
    ['another host or kind', { together: 'b/systemd' }],
    ['another interval', { intervalMs: 11_000 }],
    ['no others', { together: null }],
  ])('are not asked along with those of %s', (_, more) => {
    const schedule = createSchedule([checkOf('x'), checkOf('y', more)], 0);
    schedule.take(0);
    answer(schedule, 'x', 0, 0);
    answer(schedule, 'y', 0, 0.999);
    expect(idsOf(schedule.take(9000))).toEqual(['x']);
  });

  test('are not asked twice at once', () => {
    const schedule = createSchedule([checkOf('x'), checkOf('y')], 0);
    schedule.take(0);
    answer(schedule, 'x', 0, 0);
    expect(idsOf(schedule.take(9000))).toEqual(['x']);
  });
});
