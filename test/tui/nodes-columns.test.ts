import { expect, test } from 'vitest';
import { createWatchedStore } from '../../src/watch/store.ts';
import { sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

test('at 120 columns the load of the processors has a bar, in the table and in the details', async () => {
  const { store } = await sampledLab('healthy', 3);
  const cockpit = openTestCockpit(store, { columns: 120 });
  cockpit.press('1');
  expect(cockpit.line(' NODE ')).toContain('MEMORY     DISK       CPU LOAD');
  expect(cockpit.line('●  panda')).toMatch(/■··· +2\.5 /);
  expect(cockpit.line(' cpu load')).toMatch(/■+·+ +\d+% {2}[\d.]+ on 14 cpus/);
});

test('what a host calls itself is told once: as its note, where that has no trouble to tell', async () => {
  const { store } = await sampledLab('healthy', 3);
  const { network, state, nowMs } = store.getState();
  const hosts = network.inventory.hosts.map((host) => ({ ...host, description: '' }));
  const undescribed = { ...network, inventory: { ...network.inventory, hosts } };
  const changed = createWatchedStore(undescribed, { nowMs, lastKnown: state });
  const cockpit = openTestCockpit(changed, { columns: 200 });
  cockpit.press('1');
  expect(cockpit.line('●  clanker-001').match(/Ubuntu 24/g)).toHaveLength(1);
});

test('at 200 columns the triggers of a function are told in full', async () => {
  const { store } = await sampledLab('healthy', 3);
  const cockpit = openTestCockpit(store, { columns: 200 });
  cockpit.press('3');
  expect(cockpit.line('agent-loop-implement')).toContain(
    ' agent/loop.tests.written, agent/loop.story.retried ',
  );
});
