import { makeNetworkFolder } from '../support/network-folder.ts';
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
      await clientsFigure(staged),
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

/** A sample of this machine and a page: no client of ssh or of a cluster, and no screen. */
async function clientsFigure(staged: Staged): Promise<Figure> {
  const folder = await makeNetworkFolder(localOnly);
  try {
    const args = ['--headless', '--root', folder.root] as const;
    const { chunks, packages } = await loadedBy(args, staged);
    const clients = packages.filter((name) => needless.test(name));
    const value: Amount = { value: clients.length, unit: '' };
    return {
      name: '--headless without ssh and clusters: clients loaded',
      ours: value,
      n: 1,
      versus: null,
      goal: atMost(value, 0),
      notes: [`${chunks.length} chunks; packages: ${packages.join(', ')}`],
    };
  } finally {
    await folder.remove();
  }
}

const needless = /^(?:ssh2|@kubernetes\/.*|execa|ink|react)$/;
const localOnly = `version: 1
name: local
hosts: [{name: here, access: local}]
services: [{name: nobody, host: here, checks: [{kind: http, url: "http://127.0.0.1:9/"}]}]
`;
