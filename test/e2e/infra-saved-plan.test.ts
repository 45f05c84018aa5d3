import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { type CliEnd, runCli } from '../support/run-cli.ts';

const secret = 's3cr3t-of-the-worker';
const old = '#!/bin/sh\nexec sleep 1\n';
const next = '#!/bin/sh\nexec sleep 2\n';

let folder: NetworkFolder;
let saved: string;
let live: string;
beforeEach(async () => {
  folder = await makeNetworkFolder('');
  live = join(folder.root, 'live-run');
  saved = join(folder.root, 'saved.plan');
  await folder.write(inventory(live));
  await writeFile(join(folder.root, 'run'), old);
  await writeFile(join(folder.root, 'other'), 'URL=redis://here\n');
  expect((await cli('apply', '--yes')).code).toBe(0);
  await writeFile(join(folder.root, 'run'), next);
});
afterEach(() => folder.remove());

function inventory(destination: string): string {
  return `version: 1
name: saved
hosts: [{name: here}]
files:
  - {source: run, kind: file, host: here, destination: ${destination}, mode: "0755"}
  - {source: other, kind: env, host: here, destination: ${destination}.env}
`;
}

const cli = (...args: readonly string[]): Promise<CliEnd> =>
  runCli(['infra', ...args, '--root', folder.root], { env: { JOELCLAW_STATE: folder.state } });
// biome-ignore lint/suspicious/noExplicitAny: an envelope is taken apart as the tests need it
const json = async (...args: readonly string[]): Promise<any> =>
  JSON.parse((await cli(...args, '--json')).stdout);
const plan = (...more: readonly string[]): Promise<CliEnd> =>
  cli('plan', '--only', 'file/run', '--out', saved, ...more);

describe('infra plan --out and apply FILE', () => {
  it('applies what was planned and nothing else, once', async () => {
    const told = await json('plan', '--only', 'file/run', '--out', saved);
    expect(told.next_actions).toEqual([
      {
        command: `joelclaw infra apply ${saved} --yes --json --root ${folder.root}`,
        description: 'brings to what the repo says: file/run',
      },
    ]);
    expect((await stat(saved)).mode & 0o7777).toBe(0o600);
    expect((await json('apply', saved)).error.code).toBe('CONFIRMATION_REQUIRED');
    const dry = await json('apply', saved, '--dry-run');
    expect(dry.result.items.map(({ id, action }: never) => [id, action])).toEqual([
      ['file/run', 'write'],
    ]);
    expect(await readFile(live, 'utf8')).toBe(old);
    expect((await cli('apply', saved, '--yes')).code).toBe(0);
    expect(await readFile(live, 'utf8')).toBe(next);
    const again = await json('apply', saved, '--yes');
    expect(again.error).toMatchObject({
      code: 'STALE_PLAN',
      message: expect.stringContaining('file/run: what is there has become another'),
    });
  });

  it('keeps the wish that it was made with: hands are overwritten where the plan said so', async () => {
    await writeFile(live, 'by hand\n');
    await plan();
    expect((await cli('apply', saved, '--yes')).code).toBe(6);
    expect(await readFile(live, 'utf8')).toBe('by hand\n');
    await plan('--overwrite-drift');
    expect((await cli('apply', saved, '--yes')).code).toBe(0);
    expect(await readFile(live, 'utf8')).toBe(next);
  });

  it.each([
    ['the repo', () => writeFile(join(folder.root, 'run'), `${next}# more\n`)],
    ['what is there', () => writeFile(live, 'meanwhile\n')],
    ['the mode', () => chmod(live, 0o600)],
    [
      'the inventory',
      () =>
        folder.write(
          `${inventory(live)}services: [{name: web, host: here, manager: {kind: none}}]\n`,
        ),
    ],
  ])('is stale when %s has changed, and nothing is done', async (_, change) => {
    await plan();
    await change();
    const before = await readFile(live, 'utf8');
    const { code, stderr } = await cli('apply', saved, '--yes');
    expect([code, stderr]).toEqual([6, expect.stringContaining('is stale')]);
    expect(stderr).toContain(`joelclaw infra plan --out ${saved}`);
    expect(await readFile(live, 'utf8')).toBe(before);
  });

  it('refuses what is no plan, was changed, or is of another machine', async () => {
    expect((await json('apply', saved, '--yes')).error.message).toContain('there is no file');
    await writeFile(saved, 'not a plan\n');
    expect((await json('apply', saved, '--yes')).error.code).toBe('NO_PLAN');
    const kept = await cli('plan', '--out', saved);
    expect([kept.code, await readFile(saved, 'utf8')]).toEqual([1, 'not a plan\n']);
    saved = `${saved}.2`;
    await plan();
    const text = await readFile(saved, 'utf8');
    await writeFile(saved, text.replace('"overwriteDrift": false', '"overwriteDrift": true'));
    expect((await json('apply', saved, '--yes')).error.message).toContain('changed since');
    await writeFile(saved, text);
    for (const flag of ['--prune', '--overwrite-drift']) {
      expect((await cli('apply', saved, '--yes', flag)).code).toBe(64);
    }
    expect((await cli('plan', '--out', join(folder.root, 'no/such/folder'))).code).toBe(1);
    expect((await runCli(['infra', 'plan', '--lab', '--out', saved])).code).toBe(64);
  });

  it('holds no secret, nor a sum by which one could be guessed', async () => {
    await writeFile(join(folder.root, 'other'), `TOKEN=${secret}\n`);
    await cli('plan', '--out', saved);
    const text = await readFile(saved, 'utf8');
    expect(text).toContain('env/other');
    expect(text).not.toContain(secret);
    const { createHash } = await import('node:crypto');
    for (const guess of [secret, `TOKEN=${secret}\n`, old, next]) {
      expect(text).not.toContain(createHash('sha256').update(guess).digest('hex'));
    }
  });
});
