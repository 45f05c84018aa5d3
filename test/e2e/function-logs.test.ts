import { afterEach, beforeEach, expect, test } from 'vitest';
import { inventoryText } from '../support/inngest-network.ts';
import { recordedFunctions } from '../support/inngest-recorded.ts';
import { type RecordedInngest, startInngest } from '../support/inngest-server.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { type CliEnd, killStarted, runCli, startCli } from '../support/run-cli.ts';

const app = 'system-bus';
const worker = 'http://127.0.0.1:9/api/inngest';

let server: RecordedInngest;
let folder: NetworkFolder;
beforeEach(async () => {
  server = await startInngest({ app, worker, functions: recordedFunctions, ran: true });
  const text = inventoryText({ url: server.url, worker: null, app });
  folder = await makeNetworkFolder(`${text}\n`);
});
afterEach(async () => {
  killStarted();
  await server.stop();
  await folder.remove();
});

const argv = (...args: readonly string[]): readonly string[] => {
  return ['logs', 'video-download', '--root', folder.root, ...args];
};
const env = (): { readonly env: Record<string, string> } => ({
  env: { JOELCLAW_STATE: folder.state },
});
const run = (...args: readonly string[]): Promise<CliEnd> => runCli(argv(...args), env());

test('a run that a real server has recorded is told whole, with the words of what failed', async () => {
  const { code, stdout, stderr } = await run();
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const texts = stdout.trimEnd().split('\n');
  expect(texts.map((line) => line.replace(/^.*?run \w+ /, ''))).toEqual([
    'started by video/download.requested',
    'step work, attempt 1 failed: boom: bun install was not run',
    'step work, attempt 2 failed: boom: bun install was not run',
    'step work failed, 2 attempts',
    'failed in 28 s: boom: bun install was not run',
  ]);
  expect(server.unexpected).toEqual([]);
});

test('a server whose worker is dead says so beside the runs', async () => {
  server.vary('worker-dead');
  const { code, stderr } = await run();
  expect(code).toBe(0);
  expect(stderr).toContain('its worker is away (unreachable): nothing runs');
});

test('a server without GraphQL is told as that, with what to do', async () => {
  server.vary('no-ui');
  const { code, stderr } = await run();
  expect(code).toBe(1);
  expect(stderr).toContain('video-download inngest: the server has no GraphQL');
  expect(stderr).toContain('`inngest start --no-ui` switches it off');
});

test('followed over a server that is away for a while, nothing is told twice', async () => {
  const cli = startCli(argv('-f', '--json'), env());
  await cli.until(/failed in 28 s/);
  server.vary('error-500');
  await cli.until(/reconnecting: GraphQL answered 500/);
  server.vary('well');
  await cli.until(/live again/);
  await server.nextAsked();
  cli.child.kill('SIGINT');
  const { code, stdout } = await cli.ended;
  expect(code).toBe(0);
  expect(stdout.match(/"type":"log"/g)).toHaveLength(5);
  expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    result: { sources: [{ service: 'system-bus-video-download', from: 'inngest' }], lines: 5 },
  });
});
