import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takePollLock } from '../../../src/commands/lock.ts';

let folder: string;

beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'joelclaw-lock-')), 'deep', 'state');
});

afterEach(() => rm(join(folder, '..', '..'), { recursive: true, force: true }));

describe('poll.lock', () => {
  it('is one process at a time, until it is released', async () => {
    const lock = await takePollLock(folder);
    expect(await takePollLock(folder)).toBeNull();
    lock?.release();
    const next = await takePollLock(folder);
    expect(next).not.toBeNull();
    next?.release();
  });

  it('is a file of nobody else, in a folder of nobody else', async () => {
    (await takePollLock(folder))?.release();
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'poll.lock'))).mode & 0o777).toBe(0o600);
  });

  it('ends with a process that is killed', async () => {
    const module = fileURLToPath(new URL('../../../src/commands/lock.ts', import.meta.url));
    const holder = spawn(process.execPath, [
      '--input-type=module',
      '-e',
      `const { takePollLock } = await import(${JSON.stringify(module)});
       await takePollLock(${JSON.stringify(folder)});
       console.log('held');
       setInterval(() => {}, 1000);`,
    ]);
    await once(holder.stdout, 'data');
    expect(await takePollLock(folder)).toBeNull();
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const lock = await takePollLock(folder);
    expect(lock).not.toBeNull();
    lock?.release();
  });

  it('tells why it cannot be taken', async () => {
    await expect(takePollLock('/proc/none/such')).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
