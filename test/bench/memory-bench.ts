import { setTimeout as rest } from 'node:timers/promises';
import { hasProgram } from '../support/tiers.ts';
import type { Bench, Figure, Unit } from './bench.ts';
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

/** The cockpit left alone over the lab and over a real quiet network, beside the native tools that this machine has. */
export const memoryBench: Bench = {
  name: 'memory',
  needs: ['redis', 'caddy'],
  measure: async (staged) => {
    const installed = natives.filter(({ program }) => hasProgram(program));
    const missing = natives.filter(({ program }) => !hasProgram(program));
    const real = await startRealNetwork({ interval: '10s', slowServers: 26 });
    const [lab, quiet, ...theirs] = await Promise.all([
      watchCockpit(staged, ['lab', 'healthy']),
      watchCockpit(staged, ['--root', real.folder.root]),
      ...installed.map(({ argv }) => watchProgram(argv)),
    ]).finally(() => real.stop());
    const ours = { lab, quiet };
    const figure = (name: string, unit: Unit, read: (cost: Cost) => number): readonly Figure[] => [
      ...figureOf('lab', name, { unit, read }),
      ...figureOf('quiet', name, { unit, read }),
    ];
    const figureOf = (
      where: keyof typeof ours,
      name: string,
      { unit, read }: { readonly unit: Unit; readonly read: (cost: Cost) => number },
    ): readonly Figure[] => {
      const base = {
        name: `cockpit, ${networks[where]}: ${name}`,
        ours: { value: read(ours[where]), unit },
        n: 1,
        goal: null,
      };
      if (installed.length === 0) return [{ ...base, versus: null }];
      return installed.map(({ program }, index) => {
        const cost = theirs[index];
        const amount = { value: cost ? read(cost) : Number.NaN, unit };
        return { ...base, versus: { name: program, amount } };
      });
    };
    const notes = missing.map(({ program }) => `${program} is not installed: not compared with`);
    return [
      ...figure('RSS after 30 s', 'MB', ({ rssMb }) => rssMb),
      ...figure('CPU of one core', '%', ({ cpuPercent }) => cpuPercent),
      ...figure('written to the terminal', 'B/s', ({ bytesPerSecond }) => bytesPerSecond),
    ].map((one, index) => (index === 0 ? { ...one, notes } : one));
  },
};

const networks = { lab: 'the lab', quiet: '30 real checks at 10 s' } as const;

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
