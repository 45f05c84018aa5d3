import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Behaving, say, startBehaving } from '../support/behave.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { killStarted, startCli } from '../support/run-cli.ts';

const ok = say('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
let web: Behaving;
let folder: NetworkFolder;

const inventory = (service: string, kind = 'http'): string => `version: 1
name: changing
defaults: {interval: 1s}
hosts: [{name: here}]
services:
  - {name: ${service}, host: here, checks: [{kind: ${kind}, url: "http://127.0.0.1:${web.port}/"}]}
`;

beforeEach(async () => {
  web = await startBehaving(ok);
  folder = await makeNetworkFolder(inventory('web'));
});

afterEach(async () => {
  killStarted();
  await Promise.all([web.stop(), folder.remove()]);
});

it('a --watch takes up a changed inventory, and goes on with the old one while that is wrong', async () => {
  const args = ['--headless', '--watch', '--root', folder.root];
  const { child, until, ended } = startCli(args, { env: { JOELCLAW_STATE: folder.state } });
  await until(/"type":"start".*"id":"here\/web"/);
  const told = new Promise<void>((resolve) => {
    child.stderr?.on('data', (text: string) => text.includes('goes on') && resolve());
  });
  await folder.write(inventory('web', 'htpp'));
  await told;
  await folder.write(inventory('site'));
  await until(/"type":"start".*"id":"here\/site"/);
  await until(/"type":"change".*"id":"here\/site","from":"unknown","to":"up"/);
  child.kill('SIGINT');
  const { stdout, stderr } = await ended;
  const { result } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  expect(result.services.map(({ id }: { id: string }) => id)).toEqual(['here/site']);
  expect(stderr).toMatch(
    /^joelclaw: the old inventory goes on: inventory\.yaml:6:\d+: services\[0\].*\njoelclaw: this is over: .*\n$/,
  );
});
