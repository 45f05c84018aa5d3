import { fileURLToPath } from 'node:url';
import { type Amount, atMost, type Bench, type Figure } from './bench.ts';
import type { BigTimes, Step } from './big-child.ts';
import { median } from './median.ts';
import type { Staged } from './staged.ts';
import { timedRun } from './timed-run.ts';

const goalMsCpu = 150;
const processes = 5;

/** What 1,000 services on 100 hosts take of the processor, without their answers' way here. */
export const bigBench: Bench = {
  name: 'big',
  measure: async (staged) => {
    const all: BigTimes[] = [];
    for (let run = 0; run < processes; run++) all.push(await measureOnce(staged));
    const [first] = all;
    const of = (heat: 'cold' | 'warm', step: Step): Amount => ({
      value: median(all.map((one) => one[heat][step])),
      unit: 'ms CPU',
    });
    const figure = (name: string, step: Step, goal: number | null): Figure => {
      const ours = of('cold', step);
      return {
        name,
        ours,
        n: processes,
        versus: { name: 'the same, warm', amount: of('warm', step) },
        goal: goal === null ? null : atMost(ours, goal),
      };
    };
    const size = `${first?.checks} checks, ${Math.round((first?.jsonBytes ?? 0) / 1024)} KiB of JSON`;
    return [
      { ...figure('big: fold, explain and JSON', 'whole', goalMsCpu), notes: [size] },
      figure('big: fold alone', 'fold', null),
      figure('big: explain alone', 'explain', null),
      figure('big: JSON alone', 'json', null),
      figure('big: parse of its inventory', 'parse', null),
      await headlessBig(staged),
    ];
  },
};

async function measureOnce({ node }: Staged): Promise<BigTimes> {
  const child = fileURLToPath(new URL('./big-child.ts', import.meta.url));
  return JSON.parse((await timedRun([node, child])).stdout) as BigTimes;
}

/** The whole command, its simulated answers included. */
async function headlessBig({ launcher, root }: Staged): Promise<Figure> {
  const argv = [launcher, '--headless', '--json', '--lab=big'] as const;
  const taken: number[] = [];
  for (let run = 0; run < processes; run++) {
    taken.push((await timedRun(argv, { JOELCLAW_STATE: `${root}/state-${run}` })).ms);
  }
  const ours: Amount = { value: median(taken), unit: 'ms' };
  return { name: '--headless --json --lab=big', ours, n: processes, versus: null, goal: null };
}
