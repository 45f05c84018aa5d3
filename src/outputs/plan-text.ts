import type {
  Acted,
  FunctionsReceipt,
  Plan,
  Receipt,
  Refusal,
  StepResult,
  UnitMark,
} from '../model/plan.ts';

import { offerName } from './offers-text.ts';

/** How what can be overridden is overridden: a flag of the command line, a key of the cockpit. */
type ForceWord = '--force' | 'F';

/** A plan for people: what would be run, what it reaches, what speaks against it. */
export function planText(plan: Plan, force: ForceWord = '--force'): string {
  const { host, manager, unit, commands, needless, warnings, refusals } = plan;
  return block([
    `${deedText(plan)}: ${manager} ${unit} on ${host}`.replace('  ', ' '),
    ...(commands.length === 0 ? [] : [row('risk', riskText(plan))]),
    ...commands.map((command, index) => row(index === 0 ? 'runs' : '', command)),
    ...(needless === null ? [] : [row('nothing', `is to be done: ${needless}`)]),
    ...radiusRows(plan),
    ...warnings.map((words) => row('note', words)),
    ...refusals.flatMap((one) => refusalRows(one, force)),
  ]);
}

function riskText({ risk, blastRadius }: Plan): string {
  return `${risk}${blastRadius.critical ? ', a critical service' : ''}`;
}

/** `restart panda/worker`, `delete-pod redis-0 of panda/redis` */
export function deedText({ action, object, service }: Plan): string {
  return object === null ? `${action} ${service}` : `${action} ${object} of ${service}`;
}

function refusalRows({ message, hint, canForce }: Refusal, force: ForceWord): readonly string[] {
  const all = canForce ? `, or ${force} all the same` : '';
  return [row(canForce ? 'against' : 'not', message), row('', `→ ${hint}${all}`)];
}

/** What is in flight, and what stands on it. */
export function radiusRows({ blastRadius }: Pick<Plan, 'blastRadius'>): readonly string[] {
  const { runningRuns, queuedRuns, apps, dependents } = blastRadius;
  const runs = `${runningRuns ?? 'unknown'} running, ${queuedRuns ?? 'unknown'} queued`;
  return [
    ...(apps.length > 0 ? [row('in flight', `${runs} of ${apps.join(', ')}`)] : []),
    row('reaches', dependents.length > 0 ? dependents.join(', ') : 'nothing that depends on it'),
  ];
}

/** A line as each step ends. */
export function stepText({ title, state, said, hint, durationMs }: StepResult): string {
  if (state !== 'failed') return `${state === 'done' ? '✓' : '·'} ${title} (${durationMs} ms)`;
  return [`✕ ${title}: ${said}`, ...(hint === null ? [] : [`  → ${hint}`])].join('\n');
}

type Steps = Pick<Plan, 'steps' | 'commands'>;

/** A step that runs, with its command. */
export function beginText({ steps, commands }: Steps, index: number): string {
  const command = commands.length === steps.length ? `: ${commands[index]}` : '';
  return `… ${steps[index]?.title ?? ''}${command}`;
}

/** The same, with what waits for it. */
export function goingOnText(plan: Steps, index: number): string {
  const waiting = plan.steps.slice(index + 1).map(({ title }) => `· then ${title}`);
  return [beginText(plan, index), ...waiting, '· then the proof'].join('\n');
}

/** A line as it is looked at afterwards: nothing is proved before the receipt. */
export function lookText({ state, note }: Pick<UnitMark, 'state' | 'note'>, good: number): string {
  const seen = note === '' ? state : `${state}: ${note}`;
  return good > 0 ? `· as wanted, and looked at further: ${seen}` : `· not yet: ${seen}`;
}

interface ActedWords {
  readonly told?: readonly Refusal[];
  readonly force?: ForceWord;
}

/** What came of it; what the plan had told against it already is not told again. */
export function actedText(
  { plan, outcome, receipt, steps }: Acted,
  { told = [], force = '--force' }: ActedWords = {},
): string {
  const isNeedless = plan.needless !== null && outcome === 'done';
  const untold = plan.refusals.filter((one) => !told.includes(one));
  const failed = steps.find(({ state }) => state === 'failed');
  return block([
    `${plan.service}: ${offerName(plan)} ${isNeedless ? 'not needed' : outcome}`,
    ...(failed ? [row('step', `${failed.title}: ${failed.said}`)] : []),
    ...(failed?.hint ? [row('', `→ ${failed.hint}`)] : []),
    ...(outcome === 'refused' ? untold.flatMap((one) => refusalRows(one, force)) : []),
    ...(receipt ? receiptRows(receipt) : []),
  ]);
}

function receiptRows(receipt: Receipt): readonly string[] {
  const { before, after, functions, stableSamples, wantedSamples, stableMs, minimumMs } = receipt;
  const lasted = minimumMs > 0 ? `, ${seconds(stableMs)} of ${seconds(minimumMs)}` : '';
  const samples = `${stableSamples} ${stableSamples === 1 ? 'sample' : 'samples'} in a row`;
  const stable = `${samples}, ${wantedSamples} wanted${lasted}`;
  return [
    row('before', markText(before)),
    row('after', markText(after)),
    row('stable', stable),
    ...functions.map((one) => row('functions', functionsText(one))),
    ...(receipt.verified ? [] : [row('because', receipt.note)]),
  ];
}

function functionsText({ app, before, after, missing, asked, trouble }: FunctionsReceipt): string {
  return [
    `${after ?? 'unknown'} of ${before} of ${app} registered`,
    ...(asked ? ['the worker was asked to register them'] : []),
    ...(trouble === null ? [] : [trouble]),
    ...(missing.length > 0 ? [`missing ${missing.join(', ')}`] : []),
  ].join('; ');
}

/** Its process, else what else tells it from the next: its pods, or since when it is as it is. */
function markText({ state, pid, starts, revision, note }: UnitMark): string {
  const process = pid === null ? (revision ?? '') : `pid ${pid}`;
  const count = starts === null ? '' : `${starts} ${starts === 1 ? 'start' : 'starts'}`;
  return [state, process, count, note].filter((words) => words !== '').join(' · ');
}

function row(name: string, words: string): string {
  return `  ${name.padEnd(9)} ${words}`;
}

function block(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 1000)} s`;
}
