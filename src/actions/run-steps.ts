import { FaultError } from '../model/errors.ts';
import type { Cluster, Host, InngestServer } from '../model/inventory.ts';
import { jsonObjectOf } from '../model/json.ts';
import type {
  DeletePodStep,
  ExecStep,
  InngestStep,
  RolloutStep,
  Step,
  StepResult,
} from '../model/plan.ts';
import type { Transports } from '../transports/contract.ts';
import { commandText } from './command-text.ts';
import { givenBy } from './given-runs.ts';
import { inngestRefusal, inngestRequest } from './inngest-step.ts';
import { isDenied, rootHint } from './needs-root.ts';

export interface StepGround {
  readonly transports: Transports;
  readonly host: Host;
  readonly clusters: readonly Cluster[];
  readonly inngest: readonly InngestServer[];
  /** Told of each step as it begins, by its place. */
  onBegin?(index: number): void;
  /** Told of each step as it ends. */
  onStep(result: StepResult): void;
}

/** An aborted action would leave a unit unloaded: a step that has begun is finished. */
const neverAborted = new AbortController().signal;

/** Runs steps one after another, up to the first that fails; the others are `not-run`. */
export async function runSteps(
  steps: readonly Step[],
  ground: StepGround,
): Promise<readonly StepResult[]> {
  const results: StepResult[] = [];
  for (const [index, step] of steps.entries()) {
    const failed = results.some(({ state }) => state === 'failed');
    if (!failed) ground.onBegin?.(index);
    const result = failed ? notRun(step, ground) : await runStep(step, ground);
    results.push(result);
    if (!failed) ground.onStep(result);
  }
  return results;
}

function notRun(step: Step, ground: StepGround): StepResult {
  return {
    ...{ title: step.title, command: commandText(step, ground), state: 'not-run' },
    ...{ exitCode: null, durationMs: 0, said: '', hint: null, denied: false, given: null },
  };
}

async function runStep(step: Step, ground: StepGround): Promise<StepResult> {
  const { clock } = ground.transports;
  const startedMs = clock.monotonicMs();
  const command = commandText(step, ground);
  const end = await endOf(step, ground);
  const durationMs = Math.round(clock.monotonicMs() - startedMs);
  return { title: step.title, command, durationMs, ...end };
}

function endOf(step: Step, ground: StepGround): Promise<End> {
  if (step.kind === 'exec') return runProgram(step, ground);
  return step.kind === 'inngest' ? askInngest(step, ground) : changeCluster(step, ground);
}

type End = Pick<StepResult, 'state' | 'exitCode' | 'said' | 'hint' | 'denied' | 'given'>;

async function runProgram(step: ExecStep, { transports, host }: StepGround): Promise<End> {
  const { argv, okExits, retry, timeoutMs } = step;
  const options = { timeoutMs, signal: neverAborted };
  for (let tries = 0; ; tries++) {
    const output = await transports
      .exec({ on: host, argv, headOnly: true }, options)
      .catch(faultEnd);
    if ('state' in output) return output;
    const { exitCode, signal, stdout, stderr } = output;
    if (exitCode !== null && okExits.includes(exitCode)) return done(exitCode);
    const waitMs = retry?.on.includes(exitCode ?? -1) ? retry.waitsMs[tries] : undefined;
    if (waitMs === undefined) {
      const last = lastLine(stderr) || lastLine(stdout) || (signal ? `ended by ${signal}` : '');
      // Below what was denied stands only where one may read of it.
      const said = stderr.split('\n').find(isDenied)?.trim() ?? last;
      const hint = rootHint(stderr, step, host);
      return { state: 'failed', exitCode, said, hint, denied: hint !== null, given: null };
    }
    await transports.clock.sleep(waitMs, neverAborted);
  }
}

async function changeCluster(
  step: RolloutStep | DeletePodStep,
  { transports, clusters }: StepGround,
): Promise<End> {
  const cluster = clusters.find(({ name }) => name === step.cluster);
  if (!cluster) return failed(`no cluster ${step.cluster}`);
  const { namespace, timeoutMs } = step;
  const options = { timeoutMs, signal: neverAborted };
  const at = new Date(transports.clock.now()).toISOString();
  const change =
    step.kind === 'delete-pod'
      ? transports.deletePod({ cluster, namespace, pod: step.pod, uid: step.uid }, options)
      : transports.rolloutRestart({ cluster, namespace, workload: step.workload, at }, options);
  return change.then(() => done(null), faultEnd);
}

async function askInngest(
  { call, server: name, timeoutMs }: InngestStep,
  { transports, inngest }: StepGround,
): Promise<End> {
  const server = inngest.find((one) => one.name === name);
  if (!server) return failed(`no server ${name}`);
  const { url, method, body } = inngestRequest(call, server);
  const headers = body === null ? {} : { 'content-type': 'application/json' };
  const request = { url, method, headers, tls: {}, ...(body === null ? {} : { body }) };
  const options = { timeoutMs, signal: neverAborted };
  const answer = await transports.http(request, options).catch(faultEnd);
  if ('state' in answer) return answer;
  const refused = inngestRefusal(answer, call);
  if (refused !== null) return failed(refused.said, refused.hint);
  return { ...done(null), given: givenBy(call, jsonObjectOf(answer.body) ?? {}) };
}

function done(exitCode: number | null): End {
  return { state: 'done', exitCode, said: '', hint: null, denied: false, given: null };
}

function failed(said: string, hint: string | null = null): End {
  return { state: 'failed', exitCode: null, said, hint, denied: false, given: null };
}

function faultEnd(error: unknown): End {
  if (!(error instanceof FaultError)) throw error;
  const { message, hint = null } = error.fault;
  return failed(message, hint);
}

/** Where to look further is no reason (systemctl), nor is it to be root for what a user's own domain refuses (launchctl). */
const advice = /^See "?\S+ (?:status|-)|^Try (?:re-)?running .* as root\b/;

function lastLine(text: string): string {
  const lines = text.split('\n').map((line) => line.trim());
  return lines.findLast((line) => line !== '' && !advice.test(line)) ?? '';
}
