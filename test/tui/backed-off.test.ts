import { expect, test } from 'vitest';
import { faultOf } from '../../src/model/fault.ts';
import { openLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

test('what is asked less often for it is down grows old as everything else does', async () => {
  const { store, sample, world, network } = openLab('healthy');
  world.fail('localhost:6379', faultOf('refused', 'connection refused'));
  for (const afterMs of [0, 10_000, 10_000]) await sample(afterMs);
  const redis = network.checks.filter(({ service }) => service === 'panda/redis');
  const { state, nowMs } = store.getState();
  const at = nowMs + 25_000;
  const seenAt = new Date(at).toISOString();
  // Everything else has just been asked again; redis is to be asked in 3 intervals only.
  const health = Object.fromEntries(
    Object.entries(state.health).map(([id, one]) => {
      const own = redis.find((check) => check.id === id);
      return [id, own ? { ...one, waitMs: own.intervalMs * 3 } : { ...one, seenAt }];
    }),
  );
  const cockpit = openTestCockpit(store);
  store.setState({ state: { ...state, health }, nowMs: at });
  expect(cockpit.lines()[0]).toMatch(/oldest 25 s$/);
  expect(cockpit.line(' redis ')).toMatch(/down .*25 s old/);
});
