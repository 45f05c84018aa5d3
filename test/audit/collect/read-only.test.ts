import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { auditScript } from '../../../src/audit/collect/script.ts';
import { describeTier } from '../../support/tiers.ts';
import { changesIn } from './changes-in.ts';

const run = promisify(execFile);

describeTier('strace', 'the collection on this machine', () => {
  it('opens nothing for writing and changes no file', { timeout: 120_000 }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'joelclaw-strace-'));
    const log = join(folder, 'calls');
    const watch = ['-f', '-qq', '-s', '200', '-e', 'trace=file,fchmod,fchown,ftruncate'];
    const child = spawn('strace', [...watch, '-o', log, '/bin/sh', '-s', '--', '60', '1', '/']);
    child.stdout.resume();
    child.stdin.end(auditScript);
    await new Promise((resolve) => child.once('close', resolve));
    const calls = await readFile(log, 'utf8');
    expect(calls.split('\n').length).toBeGreaterThan(1000);
    expect(changesIn(calls)).toEqual([]);
    await rm(folder, { recursive: true });
  });

  it('would be seen to write', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'joelclaw-strace-'));
    const log = join(folder, 'calls');
    const writes = 'cd "$1"; echo a >b; echo c >>b; mkdir d; mv b e; touch d; rm e; chmod 700 d';
    const argv = ['-f', '-qq', '-e', 'trace=file', '-o', log, 'sh', '-c', writes, 'sh', folder];
    await run('strace', argv);
    expect(changesIn(await readFile(log, 'utf8')).length).toBeGreaterThanOrEqual(7);
    await rm(folder, { recursive: true });
  });
});
