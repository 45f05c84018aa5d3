import { describe, expect, test } from 'vitest';
import type { Check, Network } from '../../src/model/check.ts';
import { faultOf } from '../../src/model/fault.ts';
import type { Health } from '../../src/model/health.ts';
import { type Age, ageOf } from '../../src/tui/freshness.ts';
import { startMs } from '../lab/sample.ts';
import { watchBench } from '../watch/bench.ts';

interface Given {
  readonly check?: Partial<Check>;
  readonly health?: Partial<Health>;
}

/** How old one check is a while after its sample: by default one of 10 s that answers in 200 ms. */
function ageAfter(ageMs: number, { check, health }: Given = {}): Age | null {
  const asked = { id: 'a/b/http', kind: 'http', intervalMs: 10_000, timeoutMs: 5000, ...check };
  const network = { checks: [asked] } as unknown as Network;
  const seenAt = new Date(startMs).toISOString();
  const one = { seenAt, waitMs: asked.intervalMs, latencyMs: 200, fault: null, ...health };
  const state = { at: null, health: { 'a/b/http': one as Health }, transitions: [] };
  return ageOf([asked], { network, state, atMs: startMs + ageMs });
}

/** The first moment at which it is late, in milliseconds after its sample. */
function lateAfter(given?: Given): number {
  for (let ms = 0; ms < 4_000_000; ms += 100) if (ageAfter(ms, given)?.isLate) return ms - 100;
  return Infinity;
}

describe('an age is shown', () => {
  test('after an interval, what chance adds to it, the last answer’s time and a second', () => {
    expect(lateAfter()).toBe(10_000 + 1000 + 200 + 1000);
    expect(lateAfter({ health: { latencyMs: 3000 } })).toBe(15_000);
    const hourly = { intervalMs: 3_600_000 };
    expect(lateAfter({ check: hourly })).toBe(3_961_200);
  });

  test('of what does not answer after the time that it is waited for', () => {
    const fault = faultOf('timeout', 'no answer within 5 s');
    expect(lateAfter({ health: { latencyMs: null, fault } })).toBe(17_000);
    const refused = faultOf('refused', 'connection refused');
    expect(lateAfter({ health: { latencyMs: null, fault: refused } })).toBe(12_000);
  });

  test('at the latest where its row is dim', () => {
    expect(lateAfter({ check: { intervalMs: 1000 } })).toBe(2000);
    expect(lateAfter({ health: { latencyMs: 60_000 } })).toBe(20_000);
  });

  test('of what a watch’s cache holds as late as that may be proved', () => {
    expect(lateAfter({ check: { kind: 'k8s' } })).toBe(20_000);
    expect(lateAfter({ check: { kind: 'k8s', intervalMs: 60_000 } })).toBe(77_200);
  });
});

test('of nothing that is polled on time and answers, however often it is looked at', async () => {
  const { poller, settle, clock, store, network } = watchBench('healthy');
  poller.start();
  await settle();
  const late = new Set<string>();
  store.subscribe(({ state, nowMs }) => {
    for (const check of network.checks) {
      if (ageOf([check], { network, state, atMs: nowMs })?.isLate) late.add(check.id);
    }
  });
  await clock.advance(10 * 60_000);
  expect([...late]).toEqual([]);
  await poller.stop();
});

test('of everything after two intervals when nothing is asked any more', async () => {
  const { poller, settle, clock, store, network } = watchBench('healthy');
  poller.start();
  await settle();
  poller.pause();
  const { state } = store.getState();
  const isLate = (check: Check): boolean =>
    ageOf([check], { network, state, atMs: clock.now() + 2 * check.intervalMs + 1 })?.isLate ===
    true;
  expect(network.checks.filter((check) => !isLate(check))).toEqual([]);
  await poller.stop();
});
