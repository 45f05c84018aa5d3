import { describe, expect, it } from 'vitest';
import { faultOf } from '../../src/model/fault.ts';
import { changesBetween } from '../../src/outputs/changes.ts';
import { stateOf, watchBench } from './bench.ts';

const gone = faultOf('timeout', 'no answer within 5 s');

/** What a reader of `--watch` is told from now on. */
function listening(bench: ReturnType<typeof watchBench>): () => readonly string[] {
  let shown = bench.report();
  const told: string[] = [];
  bench.store.subscribe(() => {
    const now = bench.report();
    for (const { id, from, to } of changesBetween(shown, now)) told.push(`${id} ${from} ${to}`);
    shown = now;
  });
  return () => told;
}

describe('a host that comes back', () => {
  it('takes what hangs on it along: nothing is down for what was seen while it was away', async () => {
    const bench = watchBench('healthy');
    const { poller, lab, clock, settle, report } = bench;
    poller.start();
    await settle();
    await clock.advance(30_000);
    for (let round = 0; round < 5; round++) {
      for (const target of ['ssh:clanker-001', 'clanker-001:3847']) lab.world.fail(target, gone);
      while (stateOf(report(), 'clanker-001/pdf-brain') !== 'suppressed') await clock.advance(100);
      await clock.advance(20_000 + round * 3300);
      const told = listening(bench);
      for (const target of ['ssh:clanker-001', 'clanker-001:3847']) lab.world.mend(target);
      while (stateOf(report(), 'clanker-001/pdf-brain') !== 'up') await clock.advance(50);
      expect(told().filter((line) => /pdf-brain \S+ (?!up|suppressed)/.test(line))).toEqual([]);
    }
    await poller.stop();
  });

  it('does not hide what is down for itself: it says so once it is asked', async () => {
    const bench = watchBench('healthy');
    const { poller, lab, clock, settle, report } = bench;
    poller.start();
    await settle();
    for (const target of ['ssh:clanker-001', 'clanker-001:3847']) lab.world.fail(target, gone);
    await clock.advance(60_000);
    lab.world.mend('ssh:clanker-001');
    while (stateOf(report(), 'clanker-001') !== 'up') await clock.advance(100);
    await clock.advance(10_000);
    expect(stateOf(report(), 'clanker-001/pdf-brain')).toBe('down');
    await poller.stop();
  });
});

describe('what fails', () => {
  it('has its host asked at once, not at its next turn', async () => {
    const { poller, lab, clock, settle, store, report } = watchBench('healthy');
    poller.start();
    await settle();
    await clock.advance(21_000);
    lab.world.fail('clanker-001:3847', faultOf('refused', 'connection refused'));
    while (stateOf(report(), 'clanker-001/pdf-brain') === 'up') await clock.advance(10);
    const { health } = store.getState().state;
    await clock.advance(400);
    const host = store.getState().state.health['clanker-001/host'];
    expect(health['clanker-001/host']?.seenAt).not.toBe(host?.seenAt);
    expect(host?.state).toBe('up');
    await poller.stop();
  });
});
