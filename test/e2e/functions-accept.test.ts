import { readdir, readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inventoryText } from '../support/inngest-network.ts';
import { recordedFunctions } from '../support/inngest-recorded.ts';
import { type RecordedInngest, startInngest } from '../support/inngest-server.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { type CliEnd, killStarted, runCli, startCli } from '../support/run-cli.ts';

const app = 'joelclaw-test-accept';
const few = recordedFunctions.slice(2);
const gone = recordedFunctions.slice(0, 2).map(({ id }) => id);

let server: RecordedInngest;
let folder: NetworkFolder;

beforeEach(async () => {
  server = await startInngest({ app, worker: 'none', functions: recordedFunctions, ran: false });
  folder = await makeNetworkFolder(inventoryText({ url: server.url, worker: null, app }));
});

afterEach(async () => {
  killStarted();
  await server.stop();
  await folder.remove();
});

const cli = (...args: readonly string[]): Promise<CliEnd> =>
  runCli([...args, '--root', folder.root], { env: { JOELCLAW_STATE: folder.state } });

// biome-ignore lint/suspicious/noExplicitAny: an envelope is taken apart as the tests need it
const json = async (...args: readonly string[]): Promise<any> =>
  JSON.parse((await cli(...args, '--json')).stdout);

const functionsNow = async () => (await json('functions')).result;

/** All 14 were seen; then two are registered no more. */
async function lose(): Promise<void> {
  expect(await functionsNow()).toMatchObject({ state: 'up', expected: 14 });
  server.register({ functions: few });
  expect(await functionsNow()).toMatchObject({ state: 'degraded', missing: gone });
}

describe('joelclaw functions accept', () => {
  it('makes what is registered the measure of the next sample', async () => {
    await lose();
    const { code, stdout } = await cli('functions', 'accept');
    expect(code).toBe(0);
    expect(stdout.split('\n')).toEqual([
      'inngest: the 12 functions that are registered are from now on what is expected',
      ...gone.map((name) => `  forgotten: ${name}`),
      '',
    ]);
    const functions = await functionsNow();
    expect(functions).toMatchObject({ state: 'up', registered: 12, expected: 12, missing: [] });
    expect(functions.items).toHaveLength(12);
    expect(server.unexpected).toEqual([]);
  });

  it('--dry-run tells the same and changes nothing', async () => {
    await lose();
    const before = await stateText();
    const { code, stdout } = await cli('functions', 'accept', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('12 functions that are registered would be what is expected');
    expect(await stateText()).toBe(before);
    expect(await functionsNow()).toMatchObject({ state: 'degraded', missing: gone });
  });

  it('--json answers with one envelope', async () => {
    await lose();
    expect(await json('functions', 'accept', '--dry-run')).toMatchObject({
      schema: 'joelclaw.functions-accept/v1',
      ok: true,
      command: 'joelclaw functions accept',
      result: {
        dryRun: true,
        servers: [
          {
            server: 'inngest',
            decidedBy: 'last-seen',
            registered: 12,
            forgotten: gone,
            triggers: [],
          },
        ],
      },
    });
  });

  it('is taken up by a running cockpit or --watch, which keeps the state', async () => {
    const watching = startCli(['--headless', '--watch', '--root', folder.root], {
      env: { JOELCLAW_STATE: folder.state },
    });
    await watching.until(/"type":"start"/);
    server.register({ functions: few });
    expect((await json('functions', '--fresh')).result).toMatchObject({ missing: gone });
    const accepted = await cli('functions', 'accept');
    expect(accepted).toMatchObject({ code: 0, stderr: '' });
    const functions = await json('functions');
    expect(functions).toMatchObject({
      source: 'cockpit',
      result: { state: 'up', registered: 12, expected: 12, missing: [] },
    });
    watching.child.kill('SIGINT');
    await watching.ended;
    expect(await functionsNow()).toMatchObject({ state: 'up', expected: 12 });
  });

  it('takes changed triggers for right, also where the inventory lists the names', async () => {
    const expected = recordedFunctions.map(({ id }) => id);
    await folder.write(inventoryText({ url: server.url, worker: null, app, expect: expected }));
    await functionsNow();
    const functions = recordedFunctions.map((one) =>
      one.name === 'system/adr-sync' ? { ...one, triggers: one.triggers.slice(0, 1) } : one,
    );
    server.register({ functions });
    expect(await functionsNow()).toMatchObject({ state: 'degraded' });
    const { code, stdout } = await cli('functions', 'accept');
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        'inngest: the inventory decides which names are expected\n  triggers of system/adr-sync: was cron TZ=America/Los_Angeles 0 * * * *, system/adr.edited, is cron TZ=America/Los_Angeles 0 * * * *\n',
    });
    expect(await functionsNow()).toMatchObject({ state: 'up' });
  });

  it('says that the inventory decides, where it lists the names', async () => {
    await folder.write(inventoryText({ url: server.url, worker: null, app, expect: gone }));
    expect(await json('functions', 'accept')).toMatchObject({
      ok: false,
      result: null,
      error: { code: 'INVENTORY_DECIDES' },
      fix: expect.stringContaining('expect'),
    });
    expect((await cli('functions', 'accept')).code).toBe(1);
  });

  it('accepts nothing of a server that cannot be asked, or that has no such app', async () => {
    await lose();
    const before = await stateText();
    server.vary('no-ui');
    const { code, stderr } = await cli('functions', 'accept');
    expect(code).toBe(1);
    expect(stderr).toContain('nothing was accepted: inngest: the server has no GraphQL');
    expect(stderr).toContain('--no-ui');
    server.vary('well');
    server.register({ app: 'another' });
    const other = await cli('functions', 'accept');
    expect(other.code).toBe(1);
    expect(other.stderr).toContain(`app ${app} is not registered`);
    expect(await stateText()).toBe(before);
  });

  it('that is interrupted keeps nothing', async () => {
    server.vary('hang');
    const started = startCli(['functions', 'accept', '--root', folder.root], {
      env: { JOELCLAW_STATE: folder.state },
    });
    await server.nextAsked();
    started.child.kill('SIGINT');
    const { code, stderr } = await started.ended;
    expect(code).toBe(130);
    expect(stderr).toContain('nothing was kept of it');
  });

  it('says so where the state cannot be kept', async () => {
    const env = { JOELCLAW_STATE: '/proc/joelclaw' };
    const { code, stderr } = await runCli(['functions', 'accept', '--root', folder.root], { env });
    expect(code).toBe(1);
    expect(stderr).toContain('the last known state could not be kept');
  });

  it('on the lab leaves the list to the lab’s inventory', async () => {
    const { code, stderr } = await runCli(['functions', 'accept', '--lab=functions-missing'], {
      env: { JOELCLAW_STATE: folder.state },
    });
    expect(code).toBe(1);
    expect(stderr).toContain('the inventory decides what is expected of inngest');
  });

  it.each([
    [['functions', 'acept'], 'there is no `joelclaw functions acept`'],
    [['functions', 'accept', 'all'], '`joelclaw functions`'],
  ])('%j is a usage error', async (args, message) => {
    const { code, stderr } = await cli(...args);
    expect(code).toBe(64);
    expect(stderr).toContain(message);
  });
});

async function stateText(): Promise<string> {
  const [name = ''] = (await readdir(folder.state)).filter((one) => one.startsWith('inngest-e2e'));
  return readFile(`${folder.state}/${name}/state.json`, 'utf8');
}
