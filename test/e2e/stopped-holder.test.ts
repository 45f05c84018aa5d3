import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { killStarted, launcher, type RunningCli, startCli } from '../support/run-cli.ts';
import { describeTier } from '../support/tiers.ts';
import { openTmux, type TmuxPane } from '../support/tmux.ts';

let server: Server;
/** Told of the next request. */
let onAsked: (() => void)[];
let folder: NetworkFolder;
let pane: TmuxPane;

const intervalMs = 1000;
const inventory = (port: number): string => `version: 1
name: shared
defaults: {interval: ${intervalMs}ms, timeout: 900ms}
hosts: [{name: here, hostname: ${hostname()}}]
services:
  - {name: web, host: here, checks: [{kind: http, url: "http://127.0.0.1:${port}/"}]}
`;

beforeEach(async () => {
  onAsked = [];
  server = createServer((_, response) => {
    response.end('ok');
    for (const told of onAsked.splice(0)) told();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  folder = await makeNetworkFolder(inventory((server.address() as AddressInfo).port));
  pane = openTmux(100, 30);
});

afterEach(async () => {
  killStarted();
  pane.stop();
  server.closeAllConnections();
  server.close();
  await folder.remove();
});

const nextAsked = (): Promise<void> => new Promise((resolve) => void onAsked.push(resolve));
const watching = async (): Promise<RunningCli> => {
  const env = { JOELCLAW_STATE: pane.state };
  const started = startCli(['--headless', '--watch', '--root', folder.root], { env });
  await started.until(/"type":"start"/);
  return started;
};
/** Where its last sample came from. */
const sourceOf = async ({ child, ended }: RunningCli): Promise<string> => {
  child.kill('SIGINT');
  const { stdout } = await ended;
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '').source;
};
/** Milliseconds in which the server is asked so many times. */
const askedWithin = async (times: number): Promise<number> => {
  const fromMs = performance.now();
  for (let asked = 0; asked < times; asked++) await nextAsked();
  return performance.now() - fromMs;
};

describeTier('tmux', 'whoever polls, stopped', () => {
  it('by ctrl-z: another goes on at once, and is followed after fg', async () => {
    await pane.until(pane.screen, /prompt>/);
    pane.send(`${launcher} --root ${folder.root}`, 'Enter');
    await pane.until(pane.screen, /live/);
    const follower = await watching();
    pane.send('C-z');
    await pane.until(pane.screen, /Stopped|Suspended/i);
    expect(await askedWithin(2)).toBeLessThan(4000);
    pane.send('fg', 'Enter');
    await pane.until(pane.screen, /live/);
    // One of them asks.
    await nextAsked();
    expect(await askedWithin(3)).toBeGreaterThan(2.5 * intervalMs);
    expect(await sourceOf(follower)).toBe('probe');
    await nextAsked();
    pane.send('q');
    await pane.until(pane.flags, /^0 1$/);
  });

  it('from outside: who followed asks for itself, and follows again when it goes on', async () => {
    const first = await watching();
    const second = await watching();
    await nextAsked();
    first.child.kill('SIGSTOP');
    expect(await askedWithin(3)).toBeLessThan(12_000);
    first.child.kill('SIGCONT');
    // Both ask at first.
    while ((await askedWithin(3)) < 2.5 * intervalMs);
    expect(await sourceOf(second)).toBe('cockpit');
  });
});
