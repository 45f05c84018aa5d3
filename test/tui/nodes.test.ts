import { describe, expect, test } from 'vitest';
import type { Health, NetworkState } from '../../src/model/health.ts';
import { createWatchedStore } from '../../src/watch/store.ts';
import { sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit, type TestCockpit } from './open-test-cockpit.ts';

/** The Nodes tab with the cursor on the NAS, whose facts are its own and these. */
async function nasWith(facts: Health['facts'] = {}): Promise<TestCockpit> {
  const { store } = await sampledLab('healthy', 3);
  const { network, state, nowMs } = store.getState();
  const nas = state.health['three-body/host'];
  if (!nas) throw new Error('the lab has no NAS');
  const health = {
    ...state.health,
    'three-body/host': { ...nas, facts: { ...nas.facts, ...facts } },
  };
  const lastKnown: NetworkState = { ...state, health };
  const changed = createWatchedStore(network, { nowMs, lastKnown });
  const cockpit = openTestCockpit(changed, { columns: 120, rows: 40 });
  for (const key of ['1', 'j', 'j']) cockpit.press(key);
  return cockpit;
}

describe('a host behind ssh in the Nodes tab', () => {
  test('shows memory, disks and arrays as a local one does', async () => {
    const cockpit = await nasWith();
    expect(cockpit.line('●  three-body')).toMatch(/35% .* 23% .*41d +ASUSTOR ADM 5\.1/);
    expect(cockpit.line('disk /volume1')).toContain('57 TB free of 64 TB');
    expect(cockpit.line('array md1')).toContain('raid5 · 8 of 8 disks');
    expect(cockpit.lines().filter((line) => line.startsWith(' clock'))).toEqual([]);
  });

  test.each([
    [12, 'at least 12s ahead'],
    [-7200, 'at least 2h behind'],
  ])('shows that its clock is %d s off', async (clockSkewSeconds, words) => {
    expect((await nasWith({ clockSkewSeconds })).line(' clock')).toContain(words);
  });
});
