import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { openPty, type Pty } from '../support/pty.ts';
import { launcher } from '../support/run-cli.ts';

let server: Server;
let folder: NetworkFolder;
let joelclaw: Pty;

beforeEach(async () => {
  server = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  folder = await makeNetworkFolder(`version: 1
name: small
defaults: {interval: 1s, timeout: 500ms}
hosts: [{name: here, hostname: ${hostname()}}]
services: [{name: web, host: here, checks: [{kind: http, url: "http://127.0.0.1:${port}/"}]}]
`);
  joelclaw = openPty([launcher, '--plain', '--root', folder.root], {
    columns: 100,
    rows: 40,
    env: { JOELCLAW_STATE: folder.state },
  });
});

afterEach(async () => {
  joelclaw.kill('SIGKILL');
  await joelclaw.ended;
  server.close();
  await folder.remove();
});

const hangUp = (): void => {
  server.closeAllConnections();
  server.close();
};

describe('--plain on a terminal, for a screen reader', () => {
  it('tells a page, then each change, and draws over nothing', async () => {
    await joelclaw.until(/web +● healthy[\s\S]*q: quit/);
    expect(joelclaw.isAlternate()).toBe(false);
    expect(joelclaw.isCursorShown()).toBe(true);
    hangUp();
    await joelclaw.until(/^\d\d:\d\d:\d\d {2}here\/web is down, was up: /m);
    expect(joelclaw.screen()).toMatch(/web +● healthy/);
  });

  it('answers what is typed, and ends with q', async () => {
    await joelclaw.until(/q: quit/);
    joelclaw.type('web\r');
    await joelclaw.until(/q: quit[\s\S]*web +● healthy/);
    joelclaw.type('p\r');
    await joelclaw.until(/polling is paused/);
    joelclaw.type('p\r');
    await joelclaw.until(/polling goes on/);
    joelclaw.type('wbe\r');
    await joelclaw.until(/no host or service is called "wbe"/);
    joelclaw.type('q\r');
    expect(await joelclaw.ended).toMatchObject({ code: 0 });
  });

  it('ends with the terminal’s end and with ctrl-c', async () => {
    await joelclaw.until(/q: quit/);
    joelclaw.type('\u0003');
    expect(await joelclaw.ended).toMatchObject({ code: 0 });
  });
});
