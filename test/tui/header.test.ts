import { describe, expect, test } from 'vitest';
import { faultOf } from '../../src/model/fault.ts';
import { sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

/** The first row of a cockpit on so many columns. */
async function headerOf(scenario: string, columns: number, paused = false): Promise<string> {
  const { store } = await sampledLab(scenario, 3);
  store.setState({ paused });
  return openTestCockpit(store, { columns, rows: 24 }).lines()[0] ?? '';
}

describe('the header', () => {
  test.each([
    ['worker-crash-loop', 40, ' ✕1 down ▲1 degraded ●11 up ·1 idle live'],
    ['everything-down', 40, ' joe… ✕8 down ▲1 degr ◌2 supp ●3 up live'],
    ['everything-down', 60, ' joelclaw-lab   ✕8 down ▲1 degraded ◌2 suppressed ●3 up live'],
    ['kube-away', 40, ' joelcla… ?3 unknown ●10 up ·1 idle live'],
    ['healthy', 40, ' joelclaw-lab   ● 13 up  · 1 idle  live'],
  ])('of %s has words on %i columns', async (scenario, columns, row) => {
    expect(await headerOf(scenario, columns)).toBe(row);
  });

  test('keeps the words of what is worst where what is more urgent takes the room', async () => {
    expect(await headerOf('everything-down', 40, true)).toBe(
      ' ✕8 down ▲1 degr ◌2 supp ●3 up  PAUSED',
    );
  });

  test('has a word beside each state that is not well, on every width', async () => {
    const { store, world, sample } = await sampledLab('everything-down', 3);
    world.fail('localhost:6379', faultOf('auth', 'the password is not accepted'));
    await sample(10_000);
    for (let columns = 40; columns <= 120; columns++) {
      const [header = ''] = openTestCockpit(store, { columns, rows: 24 }).lines();
      for (const glyph of ['✕', '▲', '?', '◌']) {
        if (header.includes(glyph)) expect(header).toMatch(new RegExp(`\\${glyph} ?\\d+ [a-z]+`));
      }
      expect(header).toMatch(/ live$/);
    }
  });
});
