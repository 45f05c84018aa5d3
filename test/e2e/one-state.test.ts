import { once } from 'node:events';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { openPty, type Pty } from '../support/pty.ts';
import { killStarted, launcher, type RunningCli, runCli, startCli } from '../support/run-cli.ts';

let server: Server;
let asked: number;
/** Told of the next request. */
let onAsked: (() => void)[];
let folder: NetworkFolder;
let cockpit: Pty | undefined;

const inventory = (port: number, interval: string): string => `version: 1
name: shared
defaults: {interval: ${interval}, timeout: 900ms}
hosts: [{name: here, hostname: ${hostname()}}]
services:
  - {name: web, host: here, checks: [{kind: http, url: "http://127.0.0.1:${port}/"}]}
`;

const port = (): number => (server.address() as AddressInfo).port;
const nextAsked = (): Promise<void> => new Promise((resolve) => void onAsked.push(resolve));

beforeEach(async () => {
  asked = 0;
  onAsked = [];
  server = createServer((_, response) => {
    asked++;
    response.end('ok');
    for (const told of onAsked.splice(0)) told();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  folder = await makeNetworkFolder(inventory(port(), '30s'));
});

afterEach(async () => {
  killStarted();
  cockpit?.kill('SIGKILL');
  await cockpit?.ended;
  cockpit = undefined;
  server.closeAllConnections();
  server.close();
  await folder.remove();
});

const env = () => ({ JOELCLAW_STATE: folder.state });
const watching = async (): Promise<RunningCli> => {
  const started = startCli(['--headless', '--watch', '--root', folder.root], { env: env() });
  await started.until(/"type":"start"/);
  return started;
};
const status = async (...more: readonly string[]) => {
  const { stdout } = await runCli(['status', '--json', '--root', folder.root, ...more], {
    env: env(),
  });
  return JSON.parse(stdout) as {
    source: string;
    result: { summary: object; services: { state: string }[] };
  };
};
const stateFolder = async (): Promise<string> => {
  const [name = ''] = (await readdir(folder.state)).filter((one) => one.startsWith('shared-'));
  return join(folder.state, name);
};

describe('one state for people and agents', () => {
  it('a sample is answered by whoever polls, and nothing is asked twice', async () => {
    await watching();
    const before = asked;
    const answer = await status();
    expect(answer).toMatchObject({ source: 'cockpit', result: { services: [{ state: 'up' }] } });
    expect(asked).toBe(before);
    expect(await status('--fresh')).toMatchObject({ source: 'probe' });
    expect(asked).toBe(before + 1);
  });

  it('is answered by a cockpit in a terminal too, and alike', async () => {
    const probed = await status();
    cockpit = openPty([launcher, '--root', folder.root], { columns: 80, rows: 24, env: env() });
    await cockpit.until(/live/);
    const answer = await status();
    expect(answer).toMatchObject({ source: 'cockpit', result: { summary: probed.result.summary } });
    cockpit.type('p');
    await cockpit.until(/PAUSED/);
    expect(await status()).toMatchObject({ source: 'probe' });
  });

  it('is fresh: what is older than its interval is asked first', async () => {
    await folder.write(inventory(port(), '1s'));
    await watching();
    const started = Date.now();
    const { result } = (await status()) as unknown as {
      result: { services: { checks: { at: string }[] }[] };
    };
    const at = Date.parse(result.services[0]?.checks[0]?.at ?? '');
    expect(started - at).toBeLessThanOrEqual(1000);
  });

  it('another inventory is not answered for', async () => {
    await watching();
    await folder.write(
      `${inventory(port(), '30s')}  - {name: more, host: here, checks: [{kind: http, url: "http://127.0.0.1:${port()}/more"}]}\n`,
    );
    // The watch takes up the new one itself, be it before or after this.
    const answer = await status();
    expect(answer.result.services).toHaveLength(2);
  });

  it('a second watch follows the first, and goes on within 2 s when that is killed', async () => {
    await folder.write(inventory(port(), '1s'));
    const first = await watching();
    const second = await watching();
    await nextAsked();
    const before = asked;
    await nextAsked();
    await nextAsked();
    expect(asked - before).toBe(2);
    first.child.kill('SIGKILL');
    await first.ended;
    const ended = Date.now();
    await nextAsked();
    expect(Date.now() - ended).toBeLessThan(3000);
    second.child.kill('SIGINT');
    const { stdout, code } = await second.ended;
    expect(code).toBe(0);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      source: 'probe',
    });
  });

  it('what a follower sees change is what the one who polls sees', async () => {
    await folder.write(inventory(port(), '1s'));
    await watching();
    const second = await watching();
    server.closeAllConnections();
    server.close();
    await second.until(/"type":"change".*"down"/);
    second.child.kill('SIGINT');
    const { stdout } = await second.ended;
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
      source: 'cockpit',
    });
    server = createServer().listen(0);
  });

  it('only the one who polls keeps the state', async () => {
    await folder.write(inventory(port(), '1s'));
    await watching();
    const kept = join(await stateFolder(), 'state.json');
    const before = await readFile(kept, 'utf8').catch(() => null);
    await status('--fresh');
    expect(await readFile(kept, 'utf8').catch(() => null)).toBe(before);
  });

  it('the socket is for this user alone, and what is said to it in vain harms nothing', async () => {
    await watching();
    const path = join(await stateFolder(), 'cockpit.sock');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    for (const text of [
      '{"want":"sample"}\n',
      'no json\n',
      '[]\n',
      '{"want":"follow","network":"x"}\n',
      '\0\n',
    ]) {
      const socket = connect(path);
      let answer = '';
      socket.setEncoding('utf8').on('data', (data) => {
        answer += data;
      });
      socket.write(text);
      await once(socket, 'close');
      expect(answer).toMatch(/"refused"/);
    }
    expect(await status()).toMatchObject({ source: 'cockpit' });
  });

  it('one that is stopped is not waited for', async () => {
    const first = await watching();
    first.child.kill('SIGSTOP');
    expect(await status()).toMatchObject({
      source: 'probe',
      result: { services: [{ state: 'up' }] },
    });
    first.child.kill('SIGCONT');
    expect(await status()).toMatchObject({ source: 'cockpit' });
  });
});
