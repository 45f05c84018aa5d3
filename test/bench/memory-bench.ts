import { setTimeout as rest } from 'node:timers/promises';
import { hasProgram } from '../support/tiers.ts';
import { type Amount, atMost, type Bench, type Figure, type Unit } from './bench.ts';
import { startHomelab } from './homelab-network.ts';
import { costOf } from './process-cost.ts';
import { startOnPty } from './pty-run.ts';
import { startRealNetwork } from './real-network.ts';
import type { Staged } from './staged.ts';

const settleMs = 5000;
const watchMs = 25_000;

/** What a program on a terminal of 200x50 costs from its fifth second to its thirtieth. */
interface Cost {
  readonly rssMb: number;
  readonly cpuPercent: number;
  readonly bytesPerSecond: number;
}

const natives = [
  { program: 'htop', argv: ['htop', '-d', '10'] },
  { program: 'btop', argv: ['btop'] },
] as const;

type Network = 'the lab' | '30 real checks at 10 s' | 'a homelab with a cluster';

/** The most memory that it may hold, in MB. */
const mostMb: Readonly<Record<Network, number>> = {
  'the lab': 160,
  '30 real checks at 10 s': 160,
  'a homelab with a cluster': 220,
};

/** The cockpit left alone over quiet networks, beside the native tools that this machine has. */
export const memoryBench: Bench = {
  name: 'memory',
  needs: ['redis', 'caddy', 'ssh', 'sshd'],
  measure: async (staged) => {
    const installed = natives.filter(({ program }) => hasProgram(program));
    const missing = natives.filter(({ program }) => !hasProgram(program));
    const theirs = await Promise.all(
      installed.map(async ({ program, argv }) => ({ program, cost: await watchProgram(argv) })),
    );
    const ours = new Map<Network, Cost>([
      ['the lab', await watchCockpit(staged, ['lab', 'healthy'])],
      ['30 real checks at 10 s', await watchReal(staged)],
      ['a homelab with a cluster', await watchHomelab(staged)],
    ]);
    const notes = missing.map(({ program }) => `${program} is not installed: not compared with`);
    return [...ours].flatMap(([network, cost]) => [
      {
        ...figure(`cockpit, ${network}: RSS after 30 s`, { value: cost.rssMb, unit: 'MB' }),
        goal: atMost({ value: cost.rssMb, unit: 'MB' }, mostMb[network]),
        notes,
      },
      ...beside(network, 'CPU of one core', { cost, theirs, unit: '%', read: cpuOf }),
      ...beside(network, 'written to the terminal', { cost, theirs, unit: 'B/s', read: bytesOf }),
    ]);
  },
};

const cpuOf = ({ cpuPercent }: Cost): number => cpuPercent;
const bytesOf = ({ bytesPerSecond }: Cost): number => bytesPerSecond;

function figure(name: string, ours: Amount): Figure {
  return { name, ours, n: 1, versus: null, goal: null };
}

interface Compared {
  readonly cost: Cost;
  readonly theirs: readonly { readonly program: string; readonly cost: Cost }[];
  readonly unit: Unit;
  read(cost: Cost): number;
}

/** One line for each tool that it is compared with; one alone where there is none. */
function beside(network: Network, what: string, compared: Compared): readonly Figure[] {
  const { cost, theirs, unit, read } = compared;
  const ours = figure(`cockpit, ${network}: ${what}`, { value: read(cost), unit });
  if (theirs.length === 0) return [ours];
  return theirs.map((one) => ({
    ...ours,
    versus: { name: one.program, amount: { value: read(one.cost), unit } },
  }));
}

async function watchReal(staged: Staged): Promise<Cost> {
  const network = await startRealNetwork({ interval: '10s', slowServers: 26 });
  return watchCockpit(staged, ['--root', network.folder.root]).finally(() => network.stop());
}

async function watchHomelab(staged: Staged): Promise<Cost> {
  const network = await startHomelab({ interval: '10s' });
  return watchCockpit(staged, ['--root', network.folder.root]).finally(() => network.stop());
}

function watchCockpit({ launcher, root }: Staged, words: readonly string[]): Promise<Cost> {
  return watchProgram([launcher, ...words], { JOELCLAW_STATE: `${root}/state` });
}

async function watchProgram(
  argv: readonly [string, ...string[]],
  env: Readonly<Record<string, string>> = {},
): Promise<Cost> {
  const run = startOnPty(argv, env);
  try {
    await rest(settleMs);
    const before = { cost: costOf(run.pid), bytes: run.bytes(), ms: performance.now() };
    await rest(watchMs);
    const after = costOf(run.pid);
    const ms = performance.now() - before.ms;
    return {
      rssMb: (after?.rssBytes ?? Number.NaN) / 2 ** 20,
      cpuPercent: (100 * ((after?.cpuMs ?? Number.NaN) - (before.cost?.cpuMs ?? 0))) / ms,
      bytesPerSecond: (run.bytes() - before.bytes) / (ms / 1000),
    };
  } finally {
    await run.end();
  }
}
