import { parseInventory } from '../../src/inventory/parse-inventory.ts';
import { bind } from '../../src/kinds/bind.ts';
import { createLab } from '../../src/lab/index.ts';
import { createVirtualClock } from '../../src/lab/virtual-clock.ts';
import { explain } from '../../src/model/explain.ts';
import { foldRound, type Sampled } from '../../src/model/fold-round.ts';
import { emptyNetworkState } from '../../src/model/health.ts';
import { reportJson } from '../../src/outputs/report-json.ts';
import { policyOf, runOnce } from '../../src/watch/sample.ts';
import { median } from './median.ts';

// A process of its own, so that what is measured first is measured cold, as a headless run has it.
// Prints what each step takes in milliseconds of CPU, the collector's threads included.

/** The steps of a sample after its answers are in, and the parse before them. */
export type Step = 'parse' | 'fold' | 'explain' | 'json' | 'whole';

export interface BigTimes {
  /** The first time in the process. */
  readonly cold: Readonly<Record<Step, number>>;
  /** The median of many more. */
  readonly warm: Readonly<Record<Step, number>>;
  readonly jsonBytes: number;
  readonly checks: number;
}

const warmRuns = 20;
const startMs = Date.UTC(2026, 1, 18, 9);
const clock = createVirtualClock(startMs);
const lab = createLab('big', { clock });
const source = { file: 'big.yaml', text: lab.inventoryText, env: {} };
const { value: parsed, ms: coldParse } = timed(() => parseInventory(source));
if (!parsed.ok) throw new Error('the inventory of lab big has faults');
const network = bind(parsed.inventory);
const asking = { previous: emptyNetworkState, signal: new AbortController().signal };
const round: readonly Sampled[] = await clock.until(
  Promise.all(
    network.checks.map(async (bound) => ({
      result: await runOnce(bound, lab.transports, asking),
      policy: policyOf(bound, bound.intervalMs),
    })),
  ),
);

const cold = { parse: coldParse, ...sampleTimes() };
const more = Array.from({ length: warmRuns }, () => ({
  parse: timed(() => parseInventory(source)).ms,
  ...sampleTimes(),
}));
const warm = Object.fromEntries(
  (Object.keys(cold) as Step[]).map((step) => [step, median(more.map((one) => one[step]))]),
) as Record<Step, number>;
const jsonBytes = Buffer.byteLength(jsonOfSample().value);
const times: BigTimes = { cold, warm, jsonBytes, checks: round.length };
console.log(JSON.stringify(times));

function sampleTimes(): Omit<BigTimes['cold'], 'parse'> {
  const { fold, report, json } = jsonOfSample();
  return { fold, explain: report, json, whole: fold + report + json };
}

function jsonOfSample() {
  const state = timed(() => foldRound(emptyNetworkState, round));
  const report = timed(() => explain(network, state.value, startMs + 1000));
  const text = timed(() => JSON.stringify(reportJson(report.value)));
  return { value: text.value, fold: state.ms, report: report.ms, json: text.ms };
}

function timed<T>(run: () => T): { readonly value: T; readonly ms: number } {
  const before = process.cpuUsage();
  const value = run();
  const { user, system } = process.cpuUsage(before);
  return { value, ms: (user + system) / 1000 };
}
