import { rm } from 'node:fs/promises';
import { atMostTimes, type Bench, type Figure, runs } from './bench.ts';
import { type HomelabNetwork, slowestMs, startHomelab } from './homelab-network.ts';
import { homelabPrograms, writeHomelabScript } from './homelab-script.ts';
import { interleave } from './interleave.ts';
import { median } from './median.ts';
import { missingNotes, missingPrograms } from './operator-script.ts';
import { type SshBox, seenBy } from './ssh-box.ts';
import type { Staged } from './staged.ts';
import { type TimedRun, timedRun } from './timed-run.ts';

const overheadMs = 180;
const timesScript = 0.5;

interface Answer {
  readonly result: Readonly<Record<'nodes' | 'services', readonly Owner[]>>;
}

interface Owner {
  readonly checks: readonly Checked[];
}

interface Checked {
  readonly id: string;
  readonly state: string;
  readonly latencyMs: number | null;
}

/** One sample of a network with ssh hosts and a cluster: beside its slowest check, and beside a script. */
export const homelabBench: Bench = {
  name: 'homelab',
  needs: ['redis', 'caddy', 'ssh', 'sshd'],
  measure: async (staged) => {
    const network = await startHomelab();
    try {
      return await measureOn(network, staged);
    } finally {
      await network.stop();
    }
  },
};

async function measureOn(network: HomelabNetwork, staged: Staged): Promise<readonly Figure[]> {
  const { folder, boxes } = network;
  const script = await writeHomelabScript(network);
  const argv = [staged.launcher, '--headless', '--json', '--root', folder.root] as const;
  const ours = async (): Promise<TimedRun> => {
    await rm(folder.state, { recursive: true, force: true });
    return timedRun(argv, { JOELCLAW_STATE: folder.state });
  };
  const canCompare = missingPrograms(homelabPrograms).length === 0;
  const byHand = (): Promise<TimedRun> => timedRun(['/bin/sh', script]);
  const slowest = slowestOf((await ours()).stdout);
  const bySample = sessionsOn(boxes);
  if (canCompare) await byHand();
  const byScript = sessionsOn(boxes) - bySample;
  const taken = await interleave(
    {
      ours,
      node: () => timedRun([staged.node, '-e', '0']),
      script: canCompare ? byHand : () => Promise.resolve({ ms: Number.NaN, stdout: '' }),
    },
    runs,
  );
  const medianOf = (name: keyof typeof taken): number => median(taken[name].map(({ ms }) => ms));
  const times = { ours: medianOf('ours'), node: medianOf('node'), script: medianOf('script') };
  return figures(times, network, [
    `slowest: ${slowestMs} ms by its server; in the JSON of a first run: ${slowest}`,
    `sessions on the ssh hosts: ${bySample} a sample, ${canCompare ? byScript : 'not counted'} by the script`,
  ]);
}

function figures(
  times: Readonly<Record<'ours' | 'node' | 'script', number>>,
  { units }: HomelabNetwork,
  notes: readonly string[],
): readonly Figure[] {
  const over = times.ours - slowestMs;
  const what = 'homelab: --headless --json';
  const real = `the systemctl of the 2 ssh hosts is a program that prints a recording, ${units.length} units on each; cluster and Inngest server are recorded; the rest is real`;
  const beside = (name: string, value: number): NonNullable<Figure['versus']> => {
    return { name, amount: { value, unit: 'ms' } };
  };
  return [
    {
      name: `${what}, over its slowest check`,
      ours: { value: over, unit: 'ms' },
      n: runs,
      versus: beside('node -e 0', times.node),
      goal: { text: `≤ +${overheadMs} ms`, met: over <= overheadMs },
      notes: [...notes, real],
    },
    {
      name: what,
      ours: { value: times.ours, unit: 'ms' },
      n: runs,
      versus: beside('kubectl, ssh, curl, redis-cli …', times.script),
      goal: atMostTimes(times.ours, times.script, timesScript),
      notes: missingNotes(homelabPrograms),
    },
  ];
}

/** Programs that were run over ssh so far. */
function sessionsOn(boxes: readonly SshBox[]): number {
  return boxes.reduce((sum, box) => sum + seenBy(box).sessions, 0);
}

/** The check of the longest latency in a sample; throws when one says that it could not ask. */
function slowestOf(stdout: string): string {
  const { result } = JSON.parse(stdout) as Answer;
  const checks = [...result.nodes, ...result.services].flatMap((owner) => owner.checks);
  const sick = checks.filter(({ id, state }) => !id.includes('#') && !healthy.has(state));
  if (sick.length > 0) throw new Error(`not a healthy sample: ${JSON.stringify(sick)}`);
  const [first] = checks.toSorted((a, b) => (b.latencyMs ?? 0) - (a.latencyMs ?? 0));
  return `${first?.id}, ${first?.latencyMs} ms`;
}

/** The recorded cluster has a node that is not ready: its check is degraded, and its part unknown. */
const healthy: ReadonlySet<string> = new Set(['up', 'degraded']);
