import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { openPty } from '../support/pty.ts';
import { type CliEnd, launcher, startCli } from '../support/run-cli.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'joelclaw-memory-'));
  await mkdir(join(folder, 'root'));
  await writeFile(
    join(folder, 'root/inventory.yaml'),
    'version: 1\nname: memory\nhosts: [{name: here, access: local}]\n',
  );
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

function run(...words: readonly string[]): Promise<CliEnd> {
  const args = [...words, '--root', join(folder, 'root')];
  return startCli(args, { env: { JOELCLAW_STATE: join(folder, 'state') } }).ended;
}

async function audits(): Promise<string> {
  const [network = ''] = (await readdir(join(folder, 'state'))).filter((name) =>
    name.startsWith('memory-'),
  );
  return join(folder, 'state', network, 'audits/here');
}

it('accepts an audit, and knows from then on when the host differs', async () => {
  const unseen = JSON.parse((await run('drift', '--json', '--fresh')).stdout);
  expect(unseen.result).toMatchObject({ state: 'n/a', items: [] });
  const none = await run('audit', 'diff', 'here', '--json');
  expect(none.code).toBe(1);
  expect(JSON.parse(none.stdout)).toMatchObject({ ok: false, error: { code: 'NOT_ACCEPTED' } });
  const unlooked = await run('audit', 'accept', 'here', '--yes');
  expect(unlooked).toMatchObject({ code: 1, stderr: expect.stringMatching(/no audit of here/) });
  expect((await run('audit', 'here', '--dry-run', '--json')).code).toBe(0);
  expect((await run('audit', 'accept', 'here', '--yes')).code).toBe(1);

  const look = JSON.parse((await run('audit', 'here', '--json')).stdout);
  const { id } = look.result;
  const unasked = await run('audit', 'accept', 'here');
  expect(unasked).toMatchObject({ code: 2, stderr: expect.stringMatching(/nobody was asked/) });
  expect((await run('audit', 'diff', 'here')).code).toBe(1);
  const readOnly = await run('audit', 'accept', 'here', '--yes', '--read-only', '--json');
  expect(readOnly.code).toBe(2);
  expect(JSON.parse(readOnly.stdout)).toMatchObject({ error: { code: 'READ_ONLY' } });
  const accepted = await run('audit', 'accept', 'here', '--yes', '--json');
  expect(accepted.code).toBe(0);
  expect(JSON.parse(accepted.stdout)).toMatchObject({
    schema: 'joelclaw.audit-accept/v1',
    result: { host: 'here', accepted: id, before: null, dryRun: false },
  });
  const same = await run('audit', 'diff', 'here', '--json');
  expect(same.code).toBe(0);
  expect(JSON.parse(same.stdout)).toMatchObject({
    ...{ schema: 'joelclaw.audit-diff/v1', ok: true },
    result: { host: 'here', verdict: 'same', accepted: { id }, newest: { id }, changes: [] },
  });

  // As if somebody had begun to listen since.
  const later = '20990101T000000Z-zzzz';
  const stored = JSON.parse(await readFile(join(await audits(), `${id}.json`), 'utf8'));
  const { network } = stored.report.facts;
  const one = { protocol: 'tcp', address: '0.0.0.0', port: 9, pid: null, program: 'nc' };
  stored.report.id = later;
  network.listeners = [...(network.listeners ?? []), { ...one, uid: null, unit: null }];
  const accept = stored.report.facts.network;
  await writeFile(join(await audits(), `${later}.json`), JSON.stringify(stored));
  await writeFile(join(await audits(), 'newest'), `${later}\n`);
  // What could not be told then is told now, in a skeleton as on a real host.
  accept.listeners = accept.listeners.slice(0, -1);
  stored.report.id = id;
  await writeFile(join(await audits(), `${id}.json`), JSON.stringify(stored));
  const differs = await run('audit', 'diff', 'here', '--json');
  expect(differs.code).toBe(2);
  expect(JSON.parse(differs.stdout)).toMatchObject({
    ok: false,
    result: {
      verdict: 'differs',
      changes: [{ id: 'listener/tcp/0.0.0.0:9', what: 'added', after: 'nc', before: null }],
    },
    next_actions: [{ command: expect.stringContaining(`audit accept here ${later} --yes`) }],
  });
  const drift = JSON.parse((await run('drift', '--json', '--fresh')).stdout);
  expect(drift.result).toMatchObject({
    state: 'drift',
    items: [
      {
        ...{ id: 'audit/here', kind: 'audit', host: 'here', verdict: 'drift' },
        ...{ note: 'new listener tcp 0.0.0.0:9', change: { added: 1, removed: 0 } },
      },
    ],
  });
  expect((await run('audit', 'diff', 'here')).stdout).toMatch(
    /differs in one thing[\s\S]*warning\s+new listener tcp 0\.0\.0\.0:9\s+–\s+nc/,
  );
  expect((await run('audit', 'accept', 'here', later, '--yes', '--dry-run')).code).toBe(0);
  expect((await run('audit', 'diff', 'here')).code).toBe(2);
  expect((await run('audit', 'accept', 'here', later, '--yes')).code).toBe(0);
  expect((await run('audit', 'diff', 'here')).code).toBe(0);
  expect((await run('audit', 'accept', 'here', '../../x', '--yes')).code).toBe(1);
}, 60_000);

it('looks now, and says by its exit code what came of it', async () => {
  await run('audit', 'here', '--json');
  await run('audit', 'accept', 'here', '--yes');
  const before = (await readdir(await audits())).length;
  const { code, stdout } = await run('audit', 'here', '--verify', '--json');
  const { schema, result } = JSON.parse(stdout);
  expect(schema).toBe('joelclaw.audit-diff/v1');
  expect(code).toBe({ same: 0, unknown: 1, differs: 2 }[result.verdict as 'same']);
  expect(await readdir(await audits())).toHaveLength(before + 1);
  expect(result.newest.id).not.toBe(result.accepted.id);
}, 60_000);

it('asks whoever sits at a terminal before it accepts', async () => {
  const last = (await readFile(join(await audits(), 'newest'), 'utf8')).trim();
  const place = await audits();
  const accepted = (): Promise<string> => readFile(join(place, 'accepted'), 'utf8');
  const before = await accepted();
  expect(before.trim()).not.toBe(last);
  const argv = [launcher, 'audit', 'accept', 'here', '--root', join(folder, 'root')] as const;
  const env = { JOELCLAW_STATE: join(folder, 'state') };
  const open = () => openPty(argv, { columns: 160, rows: 40, env });
  const slip = open();
  await slip.until(/accept audit \S+ of here\? type here:/);
  slip.type('y\r');
  expect((await slip.ended).code).toBe(2);
  expect(await accepted()).toBe(before);
  const sure = open();
  await sure.until(/type here:/);
  sure.type('here\r');
  expect((await sure.ended).code).toBe(0);
  expect(await accepted()).toBe(`${last}\n`);
}, 60_000);

it('is interrupted by ctrl-c, and says so', async () => {
  const args = ['audit', 'here', '--json', '--root', join(folder, 'root')];
  const running = startCli(args, { env: { JOELCLAW_STATE: join(folder, 'state') } });
  const began = async (): Promise<boolean> => {
    const { stdout } = await promisify(execFile)('ps', [
      '-o',
      'args=',
      '--ppid',
      `${running.child.pid}`,
    ]).catch(() => ({ stdout: '' }));
    return stdout.includes('/bin/sh -s');
  };
  await vi.waitUntil(began, { timeout: 20_000, interval: 20 });
  running.child.kill('SIGINT');
  const { code, stdout } = await running.ended;
  expect([code, JSON.parse(stdout).error.code]).toEqual([130, 'INTERRUPTED']);
}, 60_000);

it('says nothing of an accepted audit that cannot be read', async () => {
  const id = (await readFile(join(await audits(), 'accepted'), 'utf8')).trim();
  await writeFile(join(await audits(), `${id}.json`), '{}');
  for (const words of [
    ['audit', 'diff', 'here'],
    ['audit', 'here', '--verify'],
  ]) {
    expect(await run(...words)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/the accepted audit: .* is damaged/),
    });
  }
}, 60_000);

it.each([
  ['audit', 'accept'],
  ['audit', 'accept', 'nobody', '--yes'],
  ['audit', 'diff', 'here', 'x'],
  ['audit', 'diff', 'here', '--yes'],
  ['audit', 'here', '--yes'],
  ['audit', 'here', '--strict'],
  ['audit', 'here', '--adopt=none', '--write'],
  ['audit', 'diff', 'here', '--verify'],
])('refuses %s %s %s %s as a mistake', async (...words) => {
  expect((await run(...words.filter(Boolean))).code).toBe(64);
});
