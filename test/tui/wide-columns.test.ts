import { describe, expect, test } from 'vitest';
import { faultOf } from '../../src/model/fault.ts';
import { openLab, sampledLab } from '../frames/lab-store.ts';
import { openTestCockpit } from './open-test-cockpit.ts';

describe('a wide screen', () => {
  test.each([
    [140, 24],
    [160, 40],
    [180, 60],
    [240, 60],
  ])('of %i columns shows the last %i samples, the newest at the right', async (columns, cells) => {
    const { store, sample, world } = openLab('healthy');
    const cockpit = openTestCockpit(store, { columns, rows: 40 });
    for (let round = 0; round < 60; round++) await sample(10_000);
    world.fail('localhost:6379', faultOf('refused', 'connection refused'));
    await sample(10_000);
    expect(cockpit.line('SERVICE')).toContain(`LAST ${cells} `);
    const [strip = ''] = cockpit.line(' redis ').match(/[▁▂▃▄▅▆▇█✕]{20,}/) ?? [];
    expect(strip).toHaveLength(cells);
    expect(strip).toMatch(/[^✕]✕$/);
  });

  test.each([100, 140])(
    'of %i columns shows the longest state with its streak',
    async (columns) => {
      const { store } = await sampledLab('worker-crash-loop', 1);
      const cockpit = openTestCockpit(store, { columns, rows: 40 });
      cockpit.press('3');
      expect(cockpit.lines().join('\n')).toContain('  suppressed 1/3 ');
    },
  );
});
