import { describe, expect, test } from 'vitest';
import { faultOf } from '../../src/model/fault.ts';
import { createWatchedStore } from '../../src/watch/store.ts';
import { sampledLab, troubledLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

const { store } = await troubledLab();

describe('the events', () => {
  test('are the confirmed changes, the newest first; enter goes to the row', async () => {
    const lab = await sampledLab('healthy', 3);
    lab.world.fail('localhost:6379', faultOf('refused', 'connection refused'));
    for (let round = 0; round < 4; round++) await lab.sample(10_000);
    const cockpit = openTestCockpit(lab.store);
    cockpit.press('e');
    expect(cockpit.lines()[2]).toContain('Events 1');
    expect(cockpit.lines()[3]).toMatch(
      /^ <1m ago +panda\/redis\/redis +up → ✕ down +connection refused/,
    );
    cockpit.press('z');
    expect(cockpit.lines()[3]).toMatch(/^ 18 Feb 09:00 +panda\/redis/);
    cockpit.press('z', 'z');
    cockpit.press('/', ...'nothing such');
    expect(cockpit.lines()[3]).toContain('nothing matches');
    cockpit.press('esc', 'enter');
    expect(cockpit.under()).toContain('redis');
    cockpit.press('e', 'space');
    expect(cockpit.footer()).toContain('space cannot act on an event');
    cockpit.press('q');
    expect(cockpit.lines()[2]).toContain('Services');
  });

  test('a new one comes above the cursor, which stays on its own', async () => {
    const lab = await sampledLab('healthy', 3);
    const fail = async (target: string): Promise<void> => {
      lab.world.fail(target, faultOf('refused', 'connection refused'));
      for (let round = 0; round < 4; round++) await lab.sample(10_000);
    };
    await fail('localhost:6379');
    await fail('localhost:6333');
    const cockpit = openTestCockpit(lab.store);
    cockpit.press('e');
    expect(cockpit.under()).toContain('panda/qdrant');
    cockpit.press('j');
    expect(cockpit.under()).toContain('panda/redis');
    await fail('localhost:8288');
    expect(cockpit.lines()[2]).toMatch(/Events [3-9]/);
    expect(cockpit.under()).toContain('panda/redis');
    cockpit.press('j');
    expect(cockpit.footer()).toContain('this is the end');
    cockpit.press('enter');
    expect(cockpit.under()).toContain('redis');
  });

  test('are filtered as lists are, by kind, state and host too', async () => {
    const lab = await sampledLab('healthy', 3);
    for (const target of ['localhost:6379', 'localhost:6333', 'localhost:3111']) {
      lab.world.fail(target, faultOf('refused', 'connection refused'));
    }
    for (let round = 0; round < 4; round++) await lab.sample(10_000);
    const cockpit = openTestCockpit(lab.store);
    cockpit.press('e', '/', ...'k:redis');
    expect(cockpit.lines()[2]).toMatch(/Events 1 of \d · \/k:redis▏/);
    cockpit.press('ctrl-u', ...'!redis', 'enter');
    expect(cockpit.lines()[2]).toMatch(/Events \d of \d · \/!redis ─/);
    expect(cockpit.lines().slice(3, 8).join('')).not.toContain('panda/redis');
    cockpit.press('esc', '/');
    cockpit.paste('s:down h:panda');
    expect(cockpit.lines()[3]).toContain('✕ down');
    cockpit.press('backspace', 'esc', '1');
    expect(cockpit.lines()[2]).toContain('Nodes');
  });

  test('of an Inngest server goes to its functions', () => {
    const transition = {
      check: 'panda/functions:inngest',
      from: 'up',
      to: 'down',
      at: '2026-02-18T09:00:20.000Z',
      note: 'its app is away',
    } as const;
    const { network, nowMs, state } = store.getState();
    const lastKnown = { ...state, transitions: [transition] };
    const cockpit = openTestCockpit(createWatchedStore(network, { nowMs, lastKnown }));
    cockpit.press('e', 'enter');
    expect(cockpit.lines()[2]).toContain('Functions');
  });

  test('who looks again is told what has changed, and where it begins', async () => {
    const lab = await sampledLab('healthy', 3);
    const cockpit = openTestCockpit(lab.store);
    cockpit.focus(false);
    lab.world.fail('localhost:6379', faultOf('refused', 'connection refused'));
    for (let round = 0; round < 4; round++) await lab.sample(10_000);
    lab.world.mend('localhost:6379');
    for (let round = 0; round < 3; round++) await lab.sample(10_000);
    cockpit.focus(true);
    expect(cockpit.footer()).toMatch(
      /since 18 Feb 09:00 UTC: panda\/redis\/redis down → up and 1 more; e shows/,
    );
    expect(cockpit.footer()).not.toContain('enter details');
    cockpit.press('e');
    expect(cockpit.lines()[2]).toContain('Events 2');
    expect(cockpit.lines()[5]).toMatch(/^─ since you last looked ↑ ─/);
    // A terminal that says so twice has been told already.
    cockpit.focus(true);
    expect(cockpit.footer()).not.toContain('since');
    const next = openTestCockpit(lab.store, { remembered: cockpit.memory() });
    expect(next.footer()).not.toContain('since');
  });

  test('who starts it again is told what has changed as the first samples confirm it, and no later', async () => {
    const lab = await sampledLab('healthy', 3);
    const remembered = openTestCockpit(lab.store).memory();
    let nowMs = 1000;
    const cockpit = openTestCockpit(lab.store, { remembered, monotonicMs: () => nowMs });
    const fail = async (target: string, everyMs: number): Promise<void> => {
      lab.world.fail(target, faultOf('refused', 'connection refused'));
      for (let round = 0; round < 4; round++) {
        nowMs += everyMs;
        await lab.sample(everyMs);
      }
    };
    expect(cockpit.footer()).not.toContain('since');
    await fail('localhost:6379', 5000);
    expect(cockpit.footer()).toMatch(
      /since 18 Feb 09:00 UTC: panda\/redis\/redis up → down; e shows/,
    );
    cockpit.press('j');
    expect(cockpit.footer()).not.toContain('since');
    await fail('localhost:6333', 60_000);
    expect(cockpit.footer()).not.toContain('since');
  });
});
