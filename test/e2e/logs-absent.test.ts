import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { killStarted, runCli } from '../support/run-cli.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'joelclaw-absent-'));
  const bin = join(root, 'bin');
  await mkdir(bin);
  const unit = 'Id=gone.service\\nLoadState=not-found\\nActiveState=inactive\\nSubState=dead\\n';
  const programs = { systemctl: `printf '${unit}'`, journalctl: 'cat "$0.said"', id: 'echo 1000' };
  for (const [name, script] of Object.entries(programs)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${script}\n`);
    await chmod(join(bin, name), 0o755);
  }
  await writeFile(join(bin, 'journalctl.said'), '');
  await writeFile(
    join(root, 'inventory.yaml'),
    'version: 1\nname: n\nhosts: [{name: h, access: local}]\nservices:\n  - {name: gone, host: h, manager: {kind: systemd, unit: gone}}\n',
  );
});
afterEach(async () => {
  killStarted();
  await rm(root, { recursive: true });
});

const run = (...args: readonly string[]) =>
  runCli(['logs', 'h/gone', '--root', root, ...args], {
    env: {
      PATH: `${join(root, 'bin')}:${process.env['PATH']}`,
      JOELCLAW_STATE: join(root, 'state'),
    },
  });

test('a unit that is not there is no log that is empty: it says so, what to do, and ends with 1', async () => {
  const { code, stdout, stderr } = await run();
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(
    'h/gone: its unit is not-found → on its host: systemctl list-unit-files names what there is',
  );
  const { stdout: json } = await run('--json');
  expect(JSON.parse(json.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    ...{ ok: false, error: { code: 'NO_LOG' } },
  });
});

test('what it has said before it went is shown all the same', async () => {
  const entry = { __CURSOR: 'c', __REALTIME_TIMESTAMP: '1771405200123456', MESSAGE: 'last words' };
  await writeFile(join(root, 'bin', 'journalctl.said'), `${JSON.stringify(entry)}\n`);
  const { code, stdout, stderr } = await run();
  expect(code).toBe(0);
  expect(stdout).toContain('last words');
  expect(stderr).toContain('its unit is not-found');
});
