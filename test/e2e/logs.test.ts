import { afterEach, expect, test } from 'vitest';
import { killStarted, runCli, startCli } from '../support/run-cli.ts';

afterEach(killStarted);

const run = (...args: readonly string[]) => runCli(['logs', '--lab=worker-crash-loop', ...args]);

test('tells the last lines of several units, each with its tag', async () => {
  const { code, stdout } = await run('worker', 'redis', '-n', '20');
  expect(code).toBe(0);
  expect(stdout).toMatch(/ worker Error: cannot listen on 3111: in use\n/);
  expect(stdout).toMatch(
    /\d\d-\d\d \d\d:\d\d:\d\d\.\d{3} redis redis: ready to accept connections\n/,
  );
});

test('narrows by a pattern and by a number of lines', async () => {
  const { stdout } = await run('worker', '--grep', '^error');
  expect(stdout.trim()).toBe('Error: cannot listen on 3111: in use');
  const { stdout: last } = await run('redis', '-n', '1');
  expect(last.trim().split('\n')).toHaveLength(1);
});

test('is a stream of objects for agents, the envelope last', async () => {
  const { stdout, code } = await run('worker', '--json');
  const objects = stdout
    .trimEnd()
    .split('\n')
    .map((text) => JSON.parse(text));
  expect(code).toBe(0);
  expect(objects.slice(0, -1).every(({ type }) => type === 'log')).toBe(true);
  expect(objects.at(-1)).toMatchObject({
    ...{ schema: 'joelclaw.logs/v1', ok: true },
    result: { lines: objects.length - 1, sources: [{ service: 'panda/worker' }] },
  });
});

test('follows until it is interrupted, and ends with 0 and the envelope', async () => {
  const cli = startCli(['logs', 'worker', '-f', '--json', '--lab'], {});
  await cli.until(/"type":"log"/);
  cli.child.kill('SIGINT');
  const { code, stdout } = await cli.ended;
  expect(code).toBe(0);
  expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ ok: true });
});

test('says whose log is not known, and why', async () => {
  const { code, stdout, stderr } = await run('pdf-brain', 'worker', '-n', '1');
  expect(code).toBe(0);
  expect(stdout.trim()).not.toBe('');
  expect(stderr).toContain(
    'clanker-001/pdf-brain: its manager is `none`: nobody knows where it writes',
  );
  expect(await run('pdf-brain')).toMatchObject({ code: 1 });
});

test('tells the runs of a function, with those of a service and alone', async () => {
  const { stdout, code } = await run('content-sync', '-n', '3');
  expect(code).toBe(0);
  const [, id = ''] = /run (\w+) started by its cron\n/.exec(stdout) ?? [];
  expect(stdout).toMatch(new RegExp(`run ${id} step work completed in \\S+ m?s\\n`));
  expect(stdout).toMatch(new RegExp(`run ${id} completed in \\S+ m?s\\n$`));
  const both = await run('content-sync', 'redis', '-n', '100', '--json');
  const { result } = JSON.parse(both.stdout.trimEnd().split('\n').at(-1) ?? '');
  expect(result.sources).toContainEqual({ service: 'system-bus-content-sync', from: 'inngest' });
  expect(result.sources).toHaveLength(2);
});

test.each([
  [['worker', '-n', 'x'], /-n x is no number of lines/],
  [['worker', '--since', 'yesterday'], /--since yesterday is not a duration/],
  [['worker', '--grep', '('], /--grep: .*\n.*→/],
  [[], /whose log\?/],
  [['nobody'], /no host, service or function is called "nobody"/],
])('a slip is told: %j', async (args, words) => {
  const { code, stderr } = await run(...args);
  expect(code).toBe(64);
  expect(stderr).toMatch(words);
});
