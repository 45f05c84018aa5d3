import { describe, expect, test } from 'vitest';
import { faultOf } from '../../src/model/fault.ts';
import { classOf, type State } from '../../src/model/state.ts';
import { stateOf, watchBench } from './bench.ts';

const refused = faultOf('refused', 'connection refused by localhost:6379');

describe('the poller', () => {
  test('asks everything at once when it starts, and commits it together', async () => {
    const { poller, settle, store, report } = watchBench('healthy');
    let commits = 0;
    poller.start();
    store.subscribe(({ state }, before) => {
      if (state !== before.state) commits++;
    });
    await settle();
    expect(report().services.filter(({ checks }) => checks.length > 0)).toSatisfy((all) =>
      all.every(({ state }: { state: State }) => classOf(state) === 'good'),
    );
    expect(commits).toBeLessThanOrEqual(2);
    await poller.stop();
  });

  test('shows a server that dies within one interval, and its recovery within another', async () => {
    const { poller, settle, lab, clock, report } = watchBench('healthy');
    poller.start();
    await settle();
    lab.world.fail('localhost:6379', refused);
    await clock.advance(6000);
    expect(stateOf(report(), 'panda/redis')).toBe('down');
    lab.world.mend('localhost:6379');
    await clock.advance(6000);
    expect(stateOf(report(), 'panda/redis')).toBe('up');
    await poller.stop();
  });

  test('confirms a failure only after three in a row, and says so once', async () => {
    const { poller, settle, lab, clock, store } = watchBench('healthy');
    poller.start();
    await settle();
    await clock.advance(20_000);
    lab.world.fail('localhost:6379', refused);
    const downs = () =>
      store
        .getState()
        .state.transitions.filter(
          ({ check, to }) => check === 'panda/redis/redis' && to === 'down',
        );
    await clock.advance(6000);
    expect(downs()).toHaveLength(0);
    await clock.advance(60_000);
    expect(downs()).toHaveLength(1);
    await poller.stop();
  });

  test('leaves a dead target alone for up to three intervals, and returns at once on poll now', async () => {
    const { poller, settle, lab, clock, asked } = watchBench('healthy');
    lab.world.fail('localhost:6379', refused);
    poller.start();
    await settle();
    await clock.advance(60_000);
    const before = asked.get('panda/redis/redis') ?? 0;
    await clock.advance(60_000);
    const inAMinute = (asked.get('panda/redis/redis') ?? 0) - before;
    // Every 15 s, a tenth more or less, where a healthy one is asked every 5 s.
    expect(inAMinute).toBeGreaterThanOrEqual(3);
    expect(inAMinute).toBeLessThanOrEqual(5);
    poller.pollNow();
    await settle();
    expect(asked.get('panda/redis/redis')).toBe(before + inAMinute + 1);
    await poller.stop();
  });

  test('asks soon again what this machine was too busy to hear, also where an hour is the pace', async () => {
    const { poller, settle, lab, clock, asked, network } = watchBench('healthy');
    lab.world.fail('localhost:9443', faultOf('aborted', 'not measured: too busy'));
    const [certificate] = network.checks.filter(({ kind }) => kind === 'tls');
    if (!certificate) throw new Error('the lab has no certificate');
    poller.start();
    await settle();
    await clock.advance(600_000);
    expect(asked.get(certificate.id)).toBeGreaterThan(15);
    await poller.stop();
  });

  test('asks what hung on a dead host as soon as the host is back', async () => {
    const { poller, settle, lab, clock, report } = watchBench('healthy');
    const gone = faultOf('refused', 'connection refused by clanker-001:22');
    lab.world.fail('ssh:clanker-001', gone);
    lab.world.fail('clanker-001:3847', gone);
    poller.start();
    await settle();
    await clock.advance(120_000);
    expect(stateOf(report(), 'clanker-001')).toBe('down');
    expect(stateOf(report(), 'clanker-001/pdf-brain')).toBe('suppressed');
    lab.world.mend('ssh:clanker-001');
    lab.world.mend('clanker-001:3847');
    while (stateOf(report(), 'clanker-001') !== 'up') await clock.advance(100);
    await clock.advance(200);
    expect(stateOf(report(), 'clanker-001/pdf-brain')).toBe('up');
    await poller.stop();
  });

  test('asks an ssh host as soon as its peer is back on the tailnet', async () => {
    const { poller, settle, lab, clock, report, asked } = watchBench('healthy');
    const timesAsked = (id: string): number => asked.get(id) ?? 0;
    lab.world.fail('ssh:clanker-001', faultOf('refused', 'connection refused by clanker-001:22'));
    lab.world.fail('clanker-001:41641', 'hang');
    poller.start();
    await settle();
    await clock.advance(120_000);
    const because = 'panda/tailscale#clanker-001';
    expect(report().nodes[1]).toMatchObject({ state: 'down', because, link: { state: 'offline' } });
    lab.world.mend('clanker-001:41641');
    const before = timesAsked('panda/tailscale');
    let ofHost = 0;
    while (timesAsked('panda/tailscale') === before) {
      ofHost = timesAsked('clanker-001/host');
      await clock.advance(50);
    }
    await clock.advance(200);
    expect(timesAsked('clanker-001/host')).toBe(ofHost + 1);
    const link = { state: 'direct' };
    expect(report().nodes[1]).toMatchObject({ state: 'down', because: null, link });
    await poller.stop();
  });

  test('never runs a check twice at the same time', async () => {
    const { poller, lab, clock, asked } = watchBench('healthy');
    lab.world.fail('localhost:6379', 'hang');
    poller.start();
    await clock.advance(4900);
    poller.pollNow();
    await clock.advance(50);
    expect(asked.get('panda/redis/redis')).toBe(1);
    expect(asked.get('panda/worker/http')).toBe(2);
    await poller.stop();
  });

  test('a slow check does not keep the others from being shown', async () => {
    const { poller, lab, clock, report } = watchBench('healthy');
    lab.world.fail('localhost:6379', 'hang');
    poller.start();
    await clock.advance(200);
    expect(stateOf(report(), 'panda/worker')).toBe('up');
    expect(stateOf(report(), 'panda/redis')).toBe('unknown');
    await poller.stop();
  });

  test('asks nothing while it is paused, and everything when it goes on', async () => {
    const { poller, settle, clock, asked, store } = watchBench('healthy');
    poller.start();
    await settle();
    poller.pause();
    const before = asked.get('panda/worker/http');
    await clock.advance(60_000);
    expect(asked.get('panda/worker/http')).toBe(before);
    expect(store.getState().paused).toBe(true);
    poller.resume();
    await settle();
    expect(asked.get('panda/worker/http')).toBe((before ?? 0) + 1);
    await poller.stop();
  });

  test('what is not asked any more becomes stale, and never stays green', async () => {
    const { poller, settle, clock, report } = watchBench('healthy');
    poller.start();
    await settle();
    poller.pause();
    await clock.advance(16_000);
    const worker = report().services.find(({ id }) => id === 'panda/worker');
    expect(worker).toMatchObject({
      state: 'unknown',
      note: 'stale, last up',
    });
    await poller.stop();
  });

  test('counts anew after the machine slept, and asks everything at once', async () => {
    const { poller, settle, lab, clock, store, asked } = watchBench('healthy');
    poller.start();
    await settle();
    await clock.advance(20_000);
    lab.world.fail('localhost:6379', refused);
    await clock.advance(6000);
    expect(store.getState().state.health['panda/redis/redis']?.streak.n).toBeGreaterThan(0);
    const before = asked.get('panda/caddy/tls') ?? 0;
    clock.jump(8 * 3_600_000);
    await clock.advance(1100);
    await settle();
    expect(store.getState().state.health['panda/redis/redis']?.streak.n).toBe(1);
    expect(asked.get('panda/caddy/tls')).toBe(before + 1);
    await poller.stop();
  });

  test('drops what answers after it was stopped', async () => {
    const { poller, clock, store } = watchBench('healthy');
    poller.start();
    const stopped = poller.stop();
    await clock.advance(10_000);
    await stopped;
    expect(store.getState().state.health).toEqual({});
  });

  test('a quiet day brings no false alarm', { timeout: 600_000 }, async () => {
    const { poller, settle, clock, store } = watchBench('healthy');
    poller.start();
    await settle();
    await clock.advance(24 * 3_600_000);
    const { transitions, health } = store.getState().state;
    expect(transitions.filter(({ to }) => to !== 'up' && to !== 'idle')).toEqual([]);
    expect(Object.values(health).filter(({ state }) => classOf(state) !== 'good')).toEqual([]);
    await poller.stop();
  });

  test('starts from the last known state and says so until the first results are in', async () => {
    const first = watchBench('healthy');
    first.poller.start();
    await first.settle();
    await first.poller.stop();
    const { state } = first.store.getState();
    const { poller, settle, store } = watchBench('healthy', state);
    expect(store.getState().restoredFrom).toBe(state.at);
    poller.start();
    await settle();
    expect(store.getState().restoredFrom).toBeNull();
    await poller.stop();
  });
});
