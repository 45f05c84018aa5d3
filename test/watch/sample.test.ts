import { describe, expect, test } from 'vitest';
import type { RunContext } from '../../src/kinds/contract.ts';
import { explain } from '../../src/model/explain.ts';
import { faultOf } from '../../src/model/fault.ts';
import { emptyNetworkState, type NetworkState } from '../../src/model/health.ts';
import { checkOfKey, isPartKey } from '../../src/model/part-key.ts';
import { askAgainMs, check } from '../../src/watch/sample.ts';
import { benchOf } from '../lab/sample.ts';

const refused = faultOf('refused', 'connection refused by localhost:6379');

describe('one sample', () => {
  test('holds every check of the network', async () => {
    const { lab, network, clock } = benchOf('healthy');
    const { signal } = new AbortController();
    const taken = check(network, lab.transports, { previous: emptyNetworkState, signal });
    const state = await clock.until(taken);
    const ids = network.checks.map(({ id }) => id);
    const keys = Object.keys(state.health);
    expect(keys.filter((key) => !isPartKey(key))).toEqual(ids.toSorted());
    const parts = Map.groupBy(keys.filter(isPartKey), checkOfKey);
    expect([...parts].map(([check, found]) => [check, found.length])).toEqual([
      ['clanker-001/files', 1],
      ['panda/cluster:joelclaw', 1],
      ['panda/files', 4],
      ['panda/functions:inngest', 14],
      ['panda/manifests:joelclaw', 1],
      ['panda/tailscale', 2],
    ]);
    expect(keys).toEqual(keys.toSorted());
  });

  test('hands a check what was last seen of it and of its parts', async () => {
    const { lab, network, clock } = benchOf('healthy');
    const { signal } = new AbortController();
    const previous = await clock.until(
      check(network, lab.transports, { previous: emptyNetworkState, signal }),
    );
    const [bound] = network.checks.filter(({ kind }) => kind === 'tailscale');
    const handed: RunContext[] = [];
    const run = (context: RunContext) => {
      handed.push(context);
      return bound?.run(context) ?? Promise.reject(new Error('no tailscale check'));
    };
    const checks = bound ? [{ ...bound, run }] : [];
    await clock.until(check({ ...network, checks }, lab.transports, { previous, signal }));
    const before = handed[0]?.previous;
    expect(before).toMatchObject({ state: 'up', note: 'running as panda' });
    expect(before?.partOf?.('three-body')).toMatchObject({ state: 'up', facts: { relay: 'sea' } });
    expect(before?.partOf?.('nobody')).toBeNull();
  });

  test('asks a refused check once more, so that a restart between two breaths is no outage', async () => {
    const { lab, network, clock } = benchOf('healthy');
    const { signal } = new AbortController();
    lab.world.fail('localhost:6379', refused);
    const taken = check(network, lab.transports, { previous: emptyNetworkState, signal });
    await clock.advance(askAgainMs / 2);
    lab.world.mend('localhost:6379');
    const state = await clock.until(taken);
    expect(state.health['panda/redis/redis']?.state).toBe('up');
  });

  test('says refused when the second answer is no better', async () => {
    const { lab, network, clock } = benchOf('healthy');
    const { signal } = new AbortController();
    lab.world.fail('localhost:6379', refused);
    const taken = check(network, lab.transports, { previous: emptyNetworkState, signal });
    const state = await clock.until(taken);
    expect(state.health['panda/redis/redis']).toMatchObject({
      state: 'down',
      fault: { code: 'refused' },
    });
  });

  test('asks once more what this machine was too busy to hear', async () => {
    const { lab, network, clock } = benchOf('healthy');
    const { signal } = new AbortController();
    lab.world.fail('localhost:6379', faultOf('aborted', 'not measured: too busy'));
    const taken = check(network, lab.transports, { previous: emptyNetworkState, signal });
    await clock.advance(askAgainMs / 2);
    lab.world.mend('localhost:6379');
    const state = await clock.until(taken);
    expect(state.health['panda/redis/redis']?.state).toBe('up');
  });

  test('asks anew what was in trouble before its host was back, and says what is true now', async () => {
    const { lab, network, clock } = benchOf('healthy');
    const { signal } = new AbortController();
    const sample = (previous: NetworkState) =>
      clock.until(check(network, lab.transports, { previous, signal }));
    const gone = faultOf('timeout', 'no answer within 5 s');
    for (const target of ['ssh:clanker-001', 'clanker-001:3847']) lab.world.fail(target, gone);
    const away = await sample(emptyNetworkState);
    lab.world.mend('ssh:clanker-001');
    lab.world.fail('clanker-001:3847', faultOf('tls', 'its certificate has expired'));
    const back = await sample(away);
    const { services } = explain(network, back, clock.now());
    expect(services.find(({ id }) => id === 'clanker-001/pdf-brain')).toMatchObject({
      state: 'down',
      note: 'its certificate has expired',
      because: null,
    });
    expect(back.health['clanker-001/pdf-brain/http']?.streak.n).toBe(2);
  });

  test('is bounded: what has not answered by the deadline is unknown, the rest is kept', async () => {
    const { lab, network, clock } = benchOf('healthy');
    const deadline = new AbortController();
    lab.world.fail('localhost:6379', 'hang');
    const { signal } = deadline;
    const taken = check(network, lab.transports, { previous: emptyNetworkState, signal });
    await clock.advance(1000);
    deadline.abort();
    const state = await clock.until(taken);
    expect(state.health['panda/redis/redis']).toMatchObject({
      state: 'unknown',
      fault: { code: 'aborted', side: 'prober' },
    });
    expect(state.health['panda/worker/http']?.state).toBe('up');
  });

  test('goes on from what was known: counters are compared and streaks go on', async () => {
    const { lab, network, clock } = benchOf('redis-evicting');
    const { signal } = new AbortController();
    const first = await clock.until(
      check(network, lab.transports, { previous: emptyNetworkState, signal }),
    );
    await clock.advance(10_000);
    const second = await clock.until(check(network, lab.transports, { previous: first, signal }));
    expect(second.health['panda/redis/redis']).toMatchObject({
      state: 'degraded',
      streak: { n: 2 },
    });
    expect(second.health['panda/redis/redis']?.note).toContain('evicted');
  });
});
