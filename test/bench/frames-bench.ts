import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleProgram } from '../support/bundle-program.ts';
import { type Amount, atMost, type Bench, type Figure, runs, type Unit } from './bench.ts';
import { median } from './median.ts';
import type { Staged } from './staged.ts';
import { timedRun } from './timed-run.ts';

/** What the cockpit takes of the processor, of memory and of the wire while it is open. */
export const framesBench: Bench = {
  name: 'frames',
  measure: async (staged) => {
    const folder = mkdtempSync(join(tmpdir(), 'joelclaw-frames-'));
    try {
      return await measureAll(
        staged,
        await bundleProgram(new URL('./frames-child.ts', import.meta.url), folder),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

async function measureAll({ node }: Staged, child: string): Promise<readonly Figure[]> {
  const ask = async (work: string): Promise<Readonly<Record<string, number>>> => {
    const { stdout } = await timedRun([node, '--expose-gc', child, work]);
    const [line = ''] = /\{.*\}/.exec(stdout) ?? [];
    return JSON.parse(line) as Record<string, number>;
  };
  const starts: number[] = [];
  for (let run = 0; run < runs; run++) starts.push((await timedRun([node, '-e', '0'])).ms);
  const versus = { name: 'node -e 0', amount: { value: median(starts), unit: 'ms' } } as const;
  const keys = await ask('keys');
  const cell = await ask('cell');
  const rows = await ask('rows');
  const quiet = await ask('quiet');
  const clock = await ask('clock');
  const frames = await ask('frames');
  const folds = await ask('folds');
  const grown = (heap: Readonly<Record<string, number>>, from: string, to: string): number =>
    of(heap, to) - of(heap, from);
  return [
    {
      ...figure('frames: key to frame, 10,000 rows, 95 %', of(keys, 'p95Ms'), 'ms', 12),
      versus,
      n: 300,
    },
    { ...figure('frames: the same, median', of(keys, 'medianMs'), 'ms', null), versus, n: 300 },
    figure('frames: one changed cell', of(cell, 'bytes'), 'B', 200),
    figure('frames: every row at 1 Hz, CPU of one core', of(rows, 'cpuPercent'), '%', 1),
    figure('frames: every row at 1 Hz, written', of(rows, 'bytesPerSecond'), 'B/s', 4096),
    figure('frames: quiet, CPU of one core', of(quiet, 'cpuPercent'), '%', 0.3),
    figure('frames: quiet, written', of(quiet, 'bytesPerSecond'), 'B/s', 0),
    figure('frames: a clock, CPU of one core', of(clock, 'cpuPercent'), '%', 0.8),
    figure('frames: a clock, written', of(clock, 'bytesPerSecond'), 'B/s', 200),
    figure(
      'frames: heap grown from frame 600 to 6,000',
      grown(frames, 'after600Mb', 'after6000Mb'),
      'MB',
      5,
    ),
    figure(
      'frames: heap grown from fold 60,000 to 600,000',
      grown(folds, 'after60000Mb', 'after600000Mb'),
      'MB',
      5,
    ),
  ];
}

function of(answer: Readonly<Record<string, number>>, name: string): number {
  return answer[name] ?? Number.NaN;
}

function figure(name: string, value: number, unit: Unit, most: number | null): Figure {
  const ours: Amount = { value, unit };
  return { name, ours, n: 1, versus: null, goal: most === null ? null : atMost(ours, most) };
}
