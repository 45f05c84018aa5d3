import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Health, NetworkState } from '../../src/model/health.ts';
import { statesWorstFirst } from '../../src/model/state.ts';
import { widthOf } from '../../src/tui/cells.ts';
import { keymap } from '../../src/tui/keymap.ts';
import { createWatchedStore } from '../../src/watch/store.ts';
import { labStartMs, openLab, sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

const { network } = openLab('healthy');
const measured = (await sampledLab('worker-crash-loop')).store.getState().state;

const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 80 }),
  fc.constantFrom('日本語のサービス', '👨‍👩‍👧 family', 'e\u0301\u0301', '🏳️‍🌈', ''),
);

const healthOf = (facts: Health['facts']): fc.Arbitrary<Health> =>
  fc.record({
    state: fc.constantFrom(...statesWorstFirst),
    note: text,
    since: fc.constant('2026-02-18T08:00:00.000Z'),
    unwatchedUntil: fc.constantFrom(null, '2026-02-18T08:30:00.000Z'),
    cameFrom: fc.constant(null),
    seenAt: fc.constantFrom('2026-02-18T09:00:00.000Z', '2026-02-18T08:59:00.000Z'),
    waitMs: fc.constantFrom(5000, 30_000),
    confirmed: fc.constant({ state: 'up' as const, since: '2026-02-18T08:00:00.000Z' }),
    streak: fc.constantFrom(
      { toward: null, n: 0, of: 3 },
      { toward: 'down' as const, n: 2, of: 3 },
    ),
    flapping: fc.boolean(),
    recent: fc.constant('gb'),
    latencyMs: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true })),
    facts: fc.constant(facts),
    fault: fc.option(
      fc.record({
        code: fc.constant('refused' as const),
        side: fc.constantFrom('target' as const, 'prober' as const),
        message: text,
        hint: text,
      }),
    ),
    measured: fc.constant(null),
    part: fc.constant(null),
  });

const state: fc.Arbitrary<NetworkState> = fc
  .record(
    Object.fromEntries(
      network.checks.map(({ id }) => [id, healthOf(measured.health[id]?.facts ?? {})]),
    ),
    { requiredKeys: [] },
  )
  .chain((health) =>
    fc.array(text, { maxLength: 4 }).map((notes) => ({
      at: '2026-02-18T09:00:00.000Z',
      health: health as Record<string, Health>,
      transitions: notes.map((note) => ({
        check: 'panda/worker/http',
        from: 'up' as const,
        to: 'down' as const,
        at: '2026-02-18T08:59:30.000Z',
        note,
      })),
    })),
  );

const keys = fc.array(
  fc.constantFrom(...keymap.flatMap((binding) => binding.keys), 'backspace', 'x', '日'),
  { maxLength: 12 },
);

describe('any frame', () => {
  test('is as tall as the terminal and never wider, whatever is known and pressed', () => {
    const size = fc.record({
      columns: fc.integer({ min: 1, max: 210 }),
      rows: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(state, size, keys, fc.boolean(), (known, { columns, rows }, pressed, paused) => {
        const store = createWatchedStore(network, { nowMs: labStartMs, lastKnown: known });
        store.setState({ paused, ...(paused ? {} : { restoredFrom: null }) });
        const cockpit = openTestCockpit(store, { columns, rows });
        const check = (): void => {
          const lines = cockpit.lines();
          expect(lines).toHaveLength(rows);
          for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
        };
        check();
        for (const key of pressed) {
          cockpit.press(key);
          check();
        }
        cockpit.resize({ columns: rows, rows: columns });
        expect(cockpit.lines()).toHaveLength(columns);
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    [10, 3],
    [1, 1],
    [39, 24],
    [80, 9],
  ])('of %i×%i says how small it is', (columns, rows) => {
    const store = createWatchedStore(network, { nowMs: labStartMs, lastKnown: null });
    const [first = ''] = openTestCockpit(store, { columns, rows }).lines();
    expect(`${columns}×${rows} is too small`).toContain(first.replace('…', ''));
  });
});
