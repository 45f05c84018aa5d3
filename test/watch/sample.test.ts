import { describe, expect, test } from 'vitest';
import { faultOf } from '../../src/model/fault.ts';
import { emptyNetworkState } from '../../src/model/health.ts';
import { askAgainMs, check } from '../../src/watch/sample.ts';
import { benchOf } from '../lab/sample.ts';

const refused = faultOf('refused', 'connection refused by localhost:6379');

describe('one sample', () => {
  test('holds every check of the network', async () => {
    const { lab, network, clock } = benchOf('healthy');
    const { signal } = new AbortController();
    const taken = check(network, lab.transports, { previous: emptyNetworkState, signal });
    const state = await clock.until(taken);
    expect(Object.keys(state.health)).toEqual(network.checks.map(({ id }) => id).sort());
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
