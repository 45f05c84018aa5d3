import { rm } from 'node:fs/promises';
import { atMostTimes, type Bench, type Figure, runs } from './bench.ts';
import { interleave } from './interleave.ts';
import { median } from './median.ts';
import { missingNotes, missingPrograms, writeOperatorScript } from './operator-script.ts';
import { type RealNetwork, slowMs, startRealNetwork } from './real-network.ts';
import type { Staged } from './staged.ts';
import { type TimedRun, timedRun } from './timed-run.ts';

const overheadMs = 80;
const timesScript = 0.5;
/** With the others as many as joelclaw's own network has. */
const usualServices = 5;

/** Stands for a script that cannot run here; it compares with nothing. */
const none: TimedRun = { ms: Number.NaN, stdout: '' };

interface Answer {
  readonly ok: boolean;
  readonly result: Readonly<Record<'nodes' | 'services', readonly Owner[]>>;
}

interface Owner {
  readonly checks: readonly { readonly state: string; readonly latencyMs: number | null }[];
}

/** One sample of real servers as JSON: beside its slowest check, and beside an operator's script. */
export const headlessBench: Bench = {
  name: 'headless',
  needs: ['redis', 'caddy'],
  measure: async (staged) => {
    const small = await onNetwork(1, (network) => measureOn(network, staged));
    const usual = await onNetwork(usualServices, (network) => measureOn(network, staged));
    const node = median(small.node.map(({ ms }) => ms));
    return [
      sample('--headless --json', small.ours, node),
      sample('  with a last known state', small.again, node),
      besideScript('--headless --json, 1 service of 50 ms', small),
      besideScript(`--headless --json, ${usualServices} services of 50 ms`, usual),
    ];
  },
};

type Taken = Readonly<Record<'ours' | 'again' | 'node' | 'script', readonly TimedRun[]>>;

async function onNetwork(
  slowServers: number,
  measure: (network: RealNetwork) => Promise<Taken>,
): Promise<Taken> {
  const network = await startRealNetwork({ slowServers });
  try {
    return await measure(network);
  } finally {
    await network.stop();
  }
}

async function measureOn(network: RealNetwork, staged: Staged): Promise<Taken> {
  const { folder } = network;
  const script = await writeOperatorScript(network);
  const argv = [staged.launcher, '--headless', '--json', '--root', folder.root] as const;
  const ask = (): Promise<TimedRun> => timedRun(argv, { JOELCLAW_STATE: folder.state });
  const byHand = (): Promise<TimedRun> => timedRun(['/bin/sh', script]);
  return interleave(
    {
      ours: async () => {
        await rm(folder.state, { recursive: true, force: true });
        return ask();
      },
      again: ask,
      node: () => timedRun([staged.node, '-e', '0']),
      script: missingPrograms().length === 0 ? byHand : () => Promise.resolve(none),
    },
    runs,
  );
}

function besideScript(name: string, { ours: taken, script }: Taken): Figure {
  const ours = median(taken.map(({ ms }) => ms));
  const byHand = median(script.map(({ ms }) => ms));
  return {
    name,
    ours: { value: ours, unit: 'ms' },
    n: taken.length,
    versus: { name: 'curl, redis-cli, openssl, df', amount: { value: byHand, unit: 'ms' } },
    goal: atMostTimes(ours, byHand, timesScript),
    notes: missingNotes(),
  };
}

/** The slowest check takes what its server takes; what the sample itself says of it is a note. */
function sample(name: string, taken: readonly TimedRun[], node: number): Figure {
  const over = median(taken.map(({ ms }) => ms - slowMs));
  const said = median(taken.map(({ ms, stdout }) => ms - slowestOf(stdout)));
  return {
    name: `${name}, over its slowest check`,
    ours: { value: over, unit: 'ms' },
    n: taken.length,
    versus: { name: 'node -e 0', amount: { value: node, unit: 'ms' } },
    goal: { text: `≤ +${overheadMs} ms`, met: over <= overheadMs },
    notes: [
      `slowest: ${slowMs} ms by its server; over the slowest latency in the JSON: ${said.toFixed(1)} ms`,
    ],
  };
}

/** The longest latency in a sample; throws when a check of it is not up. */
function slowestOf(stdout: string): number {
  const { result } = JSON.parse(stdout) as Answer;
  const checks = [...result.nodes, ...result.services].flatMap((owner) => owner.checks);
  const sick = checks.filter(({ state }) => state !== 'up' && state !== 'degraded');
  if (sick.length > 0) throw new Error(`not a healthy sample: ${JSON.stringify(sick)}`);
  return Math.max(...checks.map(({ latencyMs }) => latencyMs ?? 0));
}
