import { loadavg } from 'node:os';
import { missingTiers } from '../support/tiers.ts';
import { auditBench } from './audit-bench.ts';
import type { Bench, Figure } from './bench.ts';
import { bigBench } from './big-bench.ts';
import { firstFrameBench } from './first-frame-bench.ts';
import { framesBench } from './frames-bench.ts';
import { headlessBench } from './headless-bench.ts';
import { homelabBench } from './homelab-bench.ts';
import { homelabSteadyBench } from './homelab-steady-bench.ts';
import { infraBench } from './infra-bench.ts';
import { logsBench } from './logs-bench.ts';
import { memoryBench } from './memory-bench.ts';
import { podsBench } from './pods-bench.ts';
import { stageBuild } from './staged.ts';
import { startBench } from './start-bench.ts';
import { steadyBench } from './steady-bench.ts';
import { table } from './table.ts';

// `npm run bench [NAME…]`: what this machine takes, beside what is compared with in the same run,
// and beside the goals. A missed goal is printed, not asserted: it ends with 1 only when a bench
// itself broke.

const benches: readonly Bench[] = [
  startBench,
  headlessBench,
  homelabBench,
  firstFrameBench,
  framesBench,
  bigBench,
  podsBench,
  steadyBench,
  homelabSteadyBench,
  memoryBench,
  logsBench,
  infraBench,
  auditBench,
];

const wanted = process.argv.slice(2);
const chosen = benches.filter(
  ({ name }) => wanted.length === 0 || wanted.some((word) => name.includes(word)),
);
if (chosen.length === 0) {
  console.error(`no bench is called so; there are ${benches.map(({ name }) => name).join(', ')}`);
  process.exitCode = 64;
}
const staged = stageBuild();
const figures: Figure[] = [];
const notRun: string[] = [];
for (const { name, needs = [], measure } of chosen) {
  const missing = missingTiers(needs);
  if (missing.length > 0) {
    const words = missing.map(({ name: what, install }) => `${what} (${install})`);
    notRun.push(`not run: ${name}, this machine lacks ${words.join(', ')}`);
    continue;
  }
  process.stderr.write(`${name} …\n`);
  try {
    figures.push(...(await measure(staged)));
  } catch (error) {
    console.error(`the bench ${name} broke:`, error);
    process.exitCode = 1;
  }
}
staged.remove();
const load = loadavg().map((one) => one.toFixed(1));
const machine = `Node ${process.version}, ${process.platform} ${process.arch}`;
console.log(`\n${machine}, load ${load.join(' ')}; medians of n, variants run in turn`);
console.log(
  'goals in ms are meant for a machine that does nothing else: look at the ratios first\n',
);
console.log(table(figures));
for (const line of notRun) console.log(line);
