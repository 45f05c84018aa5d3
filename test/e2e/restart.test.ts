import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type CliEnd, killStarted, runCli, startCli } from '../support/run-cli.ts';

let state: string;
beforeAll(async () => {
  state = await mkdtemp(join(tmpdir(), 'joelclaw-restart-'));
});
afterAll(() => rm(state, { recursive: true, force: true }));

afterEach(killStarted);

const run = (...args: readonly string[]): Promise<CliEnd> =>
  runCli(['restart', '--lab', ...args], { env: { JOELCLAW_STATE: state } });

const answerOf = ({ stdout }: CliEnd) => JSON.parse(stdout);

test('a dry run tells the plan, ends with 0, and leaves nothing', async () => {
  const { code, stdout } = await run('worker', '--dry-run');
  expect(code).toBe(0);
  expect(stdout).toContain(
    'runs      /bin/launchctl kickstart -k gui/501/com.joel.system-bus-worker',
  );
  const json = answerOf(await run('worker', '--dry-run', '--json'));
  expect(json).toMatchObject({
    ...{ schema: 'joelclaw.restart/v1', ok: true },
    result: { outcome: 'planned', receipt: null, steps: [], plan: { service: 'panda/worker' } },
    next_actions: [{ command: 'joelclaw restart panda/worker --yes --json --lab=healthy' }],
  });
  expect(await readdir(state)).toEqual([]);
});

test('without a terminal and --yes nothing is done, and the answer says which and how', async () => {
  const end = await run('redis', '--json');
  expect(end.code).toBe(2);
  expect(answerOf(end)).toMatchObject({
    ok: false,
    result: {
      outcome: 'refused',
      plan: { refusals: [{ code: 'CONFIRMATION_REQUIRED', hint: 'add --yes' }] },
    },
  });
  const readOnly = await run('redis', '--yes', '--read-only', '--json');
  expect(readOnly.code).toBe(2);
  expect(answerOf(readOnly).result.plan.refusals).toMatchObject([{ code: 'READ_ONLY' }]);
});

test('a restart that was verified ends with 0 and a receipt; the next is in its cool-down', async () => {
  const end = await run('redis', '--yes', '--json');
  expect(end.code).toBe(0);
  expect(answerOf(end)).toMatchObject({
    ok: true,
    result: {
      outcome: 'done',
      receipt: { verified: true, isNew: true },
      steps: [{ state: 'done' }],
    },
  });
  const again = await run('redis', '--yes');
  expect(again.code).toBe(2);
  const env = { JOELCLAW_STATE: state };
  const told = await runCli(['history', '--actions', '--lab'], { env });
  expect(told.stdout).toMatch(
    /^\S+Z {2}restart panda\/redis {2}done, \d+ s, by \S+\n {2}kubectl --context admin@joelclaw -n joelclaw rollout restart statefulset\/redis {2}# done\n$/,
  );
  const { result } = answerOf(await runCli(['history', '--actions', '--lab', '--json'], { env }));
  expect(result.actions).toMatchObject([{ service: 'panda/redis', outcome: 'done' }]);
  expect((await runCli(['history', '--lab'], { env })).code).toBe(64);
  expect(again.stdout).toMatch(/against +it was tried \d+ s ago: cool-down for another 9 min/);
});

test('several stop at the first that fails, and those that are left are named', async () => {
  const { code, stdout } = await run('pdf-brain', 'qdrant', '--yes');
  expect(code).toBe(2);
  expect(stdout).toMatch(/clanker-001\/pdf-brain: restart refused\nnot tried: panda\/qdrant\n$/);
});

test('a cockpit that runs has looked again before anybody is answered from it', async () => {
  const env = { JOELCLAW_STATE: join(state, 'watched') };
  const watch = startCli(['--headless', '--watch', '--lab'], { env });
  await watch.until(/"type":"start"/);
  await runCli(['restart', 'redis', '--lab', '--yes'], { env });
  const journal = await readFile(join(env.JOELCLAW_STATE, 'lab-healthy', 'actions.ndjson'), 'utf8');
  const [, ended = ''] = journal.split('\n');
  const { at, durationMs } = JSON.parse(ended);
  const answer = answerOf(await runCli(['status', 'redis', '--lab', '--json'], { env }));
  expect(answer.source).toBe('cockpit');
  const [service] = answer.result.services;
  expect(Date.parse(service.checks[0].at)).toBeGreaterThanOrEqual(Date.parse(at) + durationMs);
  watch.child.kill('SIGINT');
  await watch.ended;
});

test('a slip of the user is told with what to do', async () => {
  for (const [args, words] of [
    [[], /which service\?[\s\S]*joelclaw restart HOST\/SERVICE/],
    [['wroker'], /no host or service is called "wroker"[\s\S]*did you mean/],
    [['panda'], /panda is a host[\s\S]*joelclaw services/],
  ] as const) {
    const { code, stderr } = await run(...args);
    expect(code).toBe(64);
    expect(stderr).toMatch(words);
  }
});
