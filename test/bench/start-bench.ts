import { type Amount, atMost, atMostTimes, type Bench, type Figure, runs } from './bench.ts';
import { interleave } from './interleave.ts';
import { loadedBy } from './loaded-sources.ts';
import { median } from './median.ts';
import type { Staged } from './staged.ts';
import { timedRun } from './timed-run.ts';

const timesNode = 1.6;

/** How long the shortest commands take beside a Node that does nothing, and what they load. */
export const startBench: Bench = {
  name: 'start',
  measure: async (staged) => {
    const taken = await interleave(
      {
        version: async () => (await timedRun([staged.launcher, '--version'])).ms,
        help: async () => (await timedRun([staged.launcher, '--help'])).ms,
        node: async () => (await timedRun([staged.node, '-e', '0'])).ms,
      },
      2 * runs,
    );
    const node = median(taken.node);
    const beside = (name: string, value: number): Figure => ({
      name,
      ours: { value, unit: 'ms' },
      n: taken.node.length,
      versus: { name: 'node -e 0', amount: { value: node, unit: 'ms' } },
      goal: atMostTimes(value, node, timesNode),
    });
    return [
      beside('--version', median(taken.version)),
      beside('--help', median(taken.help)),
      await loadedFigure('--help', staged),
      await loadedFigure('--version', staged),
    ];
  },
};

/** Neither ink nor a client: no package at all, and none of the rooms that hold them. */
async function loadedFigure(flag: string, staged: Staged): Promise<Figure> {
  const { chunks, packages, rooms } = await loadedBy([flag], staged);
  const heavy = rooms.filter((room) => /^src\/(tui|transports|kinds|lab)$/.test(room));
  const value: Amount = { value: packages.length + heavy.length, unit: '' };
  return {
    name: `${flag}: packages and clients loaded`,
    ours: value,
    n: 1,
    versus: null,
    goal: atMost(value, 0),
    notes: [
      `${chunks.length} chunks of ${rooms.join(', ')}; packages: ${packages.join(', ') || 'none'}`,
    ],
  };
}
