import { expect, test } from 'vitest';
import { runSteps } from '../../src/actions/run-steps.ts';
import { execStep } from '../../src/kinds/deed.ts';
import { FaultError } from '../../src/model/errors.ts';
import { faultOf } from '../../src/model/fault.ts';
import type { Step, StepResult } from '../../src/model/plan.ts';
import { localHost, sshHost } from '../kinds/look.ts';
import { type Call, said, strictTransports } from '../kinds/strict-transports.ts';

async function run(steps: readonly Step[], calls: readonly Call[], host = localHost) {
  const { transports, unused } = strictTransports(calls);
  const told: StepResult[] = [];
  const onStep = (result: StepResult): void => void told.push(result);
  const results = await runSteps(steps, { transports, host, clusters: [], inngest: [], onStep });
  expect(unused()).toEqual([]);
  return { results, told };
}

const exec = (argv: readonly string[], answer: Call['answer'], host = 'panda'): Call => ({
  verb: 'exec',
  request: { host, argv, headOnly: true },
  answer,
});

test('a step that fails ends the plan, says its last line, and the rest is not run', async () => {
  const steps = [execStep('one', ['a']), execStep('two', ['b']), execStep('three', ['c'])];
  const failing = said('', { exitCode: 3, stderr: 'warning\nno such thing\n' });
  const { results, told } = await run(steps, [exec(['a'], said('')), exec(['b'], failing)]);
  expect(results.map(({ title, state, exitCode }) => ({ title, state, exitCode }))).toEqual([
    { title: 'one', state: 'done', exitCode: 0 },
    { title: 'two', state: 'failed', exitCode: 3 },
    { title: 'three', state: 'not-run', exitCode: null },
  ]);
  expect(results[1]?.said).toBe('no such thing');
  expect(told).toHaveLength(2);
});

test('a step is asked again while its exit is one to wait for, and no longer', async () => {
  const step = { ...execStep('load', ['b']), retry: { on: [5], waitsMs: [1, 1] } };
  const busy = exec(['b'], said('', { exitCode: 5, stderr: 'Bootstrap failed: 5' }));
  const later = await run([step], [busy, busy, exec(['b'], said(''))]);
  expect(later.results[0]?.state).toBe('done');
  const never = await run([step], [busy, busy, busy]);
  expect(never.results[0]).toMatchObject({ state: 'failed', said: 'Bootstrap failed: 5' });
});

test('who may not is told the exact command, on its host', async () => {
  const argv = ['systemctl', '--no-ask-password', 'restart', 'a.service'] as const;
  const denied = said('', { exitCode: 4, stderr: 'Interactive authentication required.' });
  const { results } = await run([execStep('restart', argv)], [exec(argv, denied, 'nas')], sshHost);
  expect(results[0]?.hint).toBe(
    "it needs root: ssh -t -p 2222 nas.local 'sudo systemctl restart a.service'",
  );
});

test('a host that cannot be reached is a step that failed', async () => {
  const fault = new FaultError(faultOf('refused', 'nas.local:2222 refuses', { hint: 'is it up?' }));
  const { results } = await run([execStep('restart', ['a'])], [exec(['a'], fault)]);
  expect(results[0]).toMatchObject({
    state: 'failed',
    said: 'nas.local:2222 refuses',
    hint: 'is it up?',
  });
});
