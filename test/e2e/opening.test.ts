import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Behaving, neverAnswer, say, startBehaving } from '../support/behave.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { openPty, type Pty } from '../support/pty.ts';
import { launcher } from '../support/run-cli.ts';

const ok = say('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');

let folder: NetworkFolder;
let server: Behaving;
let cockpit: Pty | undefined;

const inventoryOf = (port: number, host: string = hostname()): string => `version: 1
name: small
defaults: {interval: 1s, timeout: 500ms}
hosts: [{name: here, hostname: "${host}"}]
services:
  - {name: web, host: here, checks: [{kind: http, url: "http://127.0.0.1:${port}/"}]}
`;

beforeEach(async () => {
  server = await startBehaving(ok);
  folder = await makeNetworkFolder(inventoryOf(server.port));
});
afterEach(async () => {
  cockpit?.kill('SIGKILL');
  await cockpit?.ended;
  cockpit = undefined;
  await server.stop();
  await folder.remove();
});

const open = (env: Readonly<Record<string, string>> = {}, columns = 100): Pty => {
  cockpit = openPty([launcher, '--root', folder.root], {
    columns,
    rows: 24,
    env: { JOELCLAW_STATE: folder.state, ...env },
  });
  return cockpit;
};

/** A cockpit that has seen the network and was left, so that there is a picture. */
const openAndLeave = async (): Promise<void> => {
  const first = open();
  await first.until(/● {2}web .* up/);
  first.type('q');
  expect(await first.ended).toMatchObject({ code: 0 });
};

describe('the picture of the last known state', () => {
  test('stands dated before the cockpit does, which then draws over it and lives', async () => {
    await openAndLeave();
    await server.stop();
    const second = open();
    expect(await second.until(/web/)).toMatch(/last known, .*\n[\s\S]*● {2}web .* up/);
    expect(second.isCursorShown()).toBe(false);
    const seen = await second.until(/✕ {2}web .* down/);
    expect(seen.match(/ {2}web /g)).toHaveLength(1);
    second.type('?');
    await second.until(/poll everything now/);
    second.type('q');
    second.type('q');
    expect(await second.ended).toMatchObject({ code: 0 });
    expect([second.isAlternate(), second.isCursorShown()]).toEqual([false, true]);
  });

  test('a signal ends what is still opening, and the terminal is as it was', async () => {
    await openAndLeave();
    const second = open();
    await second.until(/last known/);
    second.kill('SIGTERM');
    expect(await second.ended).toMatchObject({ code: 143 });
    expect([second.isAlternate(), second.isCursorShown()]).toEqual([false, true]);
  });

  test('a key that is pressed while it stands is taken by the cockpit', async () => {
    await openAndLeave();
    const second = open();
    await second.until(/last known/);
    second.type('?');
    await second.until(/poll everything now/);
  });

  test('what cannot be opened after all is told on the screen that was there before', async () => {
    await folder.write(inventoryOf(server.port, '$' + '{THIS_HOST}'));
    const first = open({ THIS_HOST: hostname() });
    await first.until(/● {2}web .* up/);
    first.type('q');
    await first.ended;
    const second = open();
    expect(await second.ended).toMatchObject({ code: 78 });
    expect([second.isAlternate(), second.isCursorShown()]).toEqual([false, true]);
    expect(second.screen()).toMatch(/inventory.yaml:\d+:\d+.*THIS_HOST/);
  });

  test('is not shown to a terminal of another size, nor of another inventory', async () => {
    await openAndLeave();
    const silent = await startBehaving(neverAnswer);
    try {
      const wider = open({}, 110);
      expect(await wider.until(/web/)).toMatch(/last known/);
      wider.type('q');
      await wider.ended;
      await folder.write(inventoryOf(silent.port).replace('name: web', 'name: other'));
      expect(await open().until(/other|web/)).not.toMatch(/web/);
    } finally {
      await silent.stop();
    }
  });
});
