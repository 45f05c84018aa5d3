import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { openPty } from '../support/pty.ts';
import { launcher } from '../support/run-cli.ts';

let folder: NetworkFolder;
beforeEach(async () => {
  folder = await makeNetworkFolder(`version: 1
name: breaking
hosts: [{name: here, hostname: ${hostname()}}]
services: [{name: web, host: here, checks: [{kind: command, argv: ["true"]}]}]
`);
});
afterEach(() => folder.remove());

/** One of `.env`, and two that only look like what they are. */
const secrets = ['supersecretvalue12345', 'hunter2hunter2', 'sk-ABCDEFGHIJKLMNOPQRST'];
const words = `of ${secrets[0]}, password=${secrets[1]} and ${secrets[2]}`;

it('what breaks a cockpit is told, kept and reported without secrets', async () => {
  await writeFile(join(folder.root, '.env'), `API_TOKEN=${secrets[0]}\n`);
  const breaker = join(folder.root, 'break.cjs');
  await writeFile(
    breaker,
    `process.on('SIGUSR2', () => { throw new Error(${JSON.stringify(words)}); });`,
  );
  const env = { JOELCLAW_STATE: folder.state, NODE_OPTIONS: `--require ${breaker}` };
  const cockpit = openPty([launcher, '--root', folder.root], { columns: 160, rows: 40, env });
  await cockpit.until(/live/);
  const [node] = execFileSync('pgrep', ['-P', String(cockpit.pid), '-f', 'cli.js'], {
    encoding: 'utf8',
  }).split('\n');
  process.kill(Number(node), 'SIGUSR2');
  expect((await cockpit.ended).code).toBe(70);
  const kept = readdirSync(folder.state).filter((name) => /^crash-|\.log$/.test(name));
  expect(kept).toHaveLength(2);
  const texts = [
    cockpit.screen(),
    ...kept.map((name) => readFileSync(join(folder.state, name), 'utf8')),
  ];
  for (const text of texts) {
    expect(text).toMatch(/Error: of •••, password=\(hidden\) and \(hidden\)/);
    for (const secret of secrets) expect(text).not.toContain(secret);
  }
});
