import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLiveTransports } from '../../src/transports/live.ts';
import { createOneAtATime } from '../../src/transports/one-at-a-time.ts';
import { faultOfCall, here, there, within } from '../support/calls.ts';

const transports = createLiveTransports();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'joelclaw-files-'));
});

afterAll(async () => {
  await transports.close();
  await rm(folder, { recursive: true });
});

function read(path: string): Promise<string> {
  return transports.readFile(here, path, within(5000));
}

describe('A file of this machine', () => {
  it('is read as UTF-8 text, up to the cap and not a byte more', async () => {
    const path = join(folder, 'full');
    await writeFile(path, 'ü'.repeat(512 * 1024));
    expect(await read(path)).toHaveLength(512 * 1024);
    await writeFile(path, 'x'.repeat(1024 * 1024 + 1));
    expect(await faultOfCall(read(path))).toMatchObject({
      code: 'protocol',
      side: 'prober',
      message: `${path} is larger than 1024 KiB`,
    });
  });

  it.runIf(process.platform === 'linux')(
    'is read whole when it says that it is empty',
    async () => {
      expect(await read('/proc/meminfo')).toMatch(/^MemTotal:/);
    },
  );

  it('that does not exist is our trouble, not the target’s', async () => {
    const path = join(folder, 'none');
    expect(await faultOfCall(read(path))).toEqual({
      code: 'not-found',
      side: 'prober',
      hint: 'is the path right, and is its disk mounted?',
      message: `${path} does not exist`,
    });
  });

  it('that is a folder, a device or a pipe nobody writes to is refused without waiting', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    for (const path of [folder, '/dev/zero', pipe]) {
      expect(await faultOfCall(read(path))).toMatchObject({
        code: 'not-found',
        message: `${path} is not a file`,
      });
    }
  });

  it.skipIf(process.getuid?.() === 0)('that may not be read is forbidden', async () => {
    const path = join(folder, 'secret');
    await writeFile(path, 'x');
    await chmod(path, 0);
    expect(await faultOfCall(read(path))).toMatchObject({ code: 'forbidden', side: 'prober' });
  });
});

describe('A disk', () => {
  it('is counted as df counts it', async () => {
    const usage = await transports.diskUsage(here, '/', within(5000));
    const lines = execFileSync('df', ['-P', '-k', '/'], { encoding: 'utf8' }).trim().split('\n');
    const [, size] = (lines.at(-1) ?? '').split(/\s+/).map(Number);
    expect(usage.sizeBytes / 1024).toBe(size);
    expect(usage.usedBytes + usage.availableBytes).toBeLessThanOrEqual(usage.sizeBytes);
    expect(usage.usedBytes).toBeGreaterThan(0);
    expect(usage.liesOn).toBeNull();
  });

  it.runIf(process.platform === 'linux')(
    'where nothing is mounted says what its folder lies on, and a link to a mount is one',
    async () => {
      const mountOf = (path: string): string => {
        const row = execFileSync('df', ['-P', '-k', path], { encoding: 'utf8' }).trim();
        return row.split(/\s+/).at(-1) ?? '';
      };
      await symlink('/proc', join(folder, 'link'));
      const lies = async (path: string): Promise<string | null> =>
        (await transports.diskUsage(here, path, within(5000))).liesOn;
      expect(await lies(folder)).toBe(mountOf(folder));
      expect([await lies('/proc/'), await lies(join(folder, 'link'))]).toEqual([null, null]);
    },
  );

  it('behind ssh is not counted from here', async () => {
    expect(await faultOfCall(transports.diskUsage(there, '/', within(5000)))).toEqual({
      code: 'tool-missing',
      side: 'prober',
      message: 'the file systems of there cannot be asked from here',
      hint: 'run df there',
    });
  });

  it('that is not mounted there is not found', async () => {
    const call = transports.diskUsage(here, join(folder, 'none'), within(5000));
    expect(await faultOfCall(call)).toMatchObject({ code: 'not-found', side: 'prober' });
  });
});

describe('Work that cannot be cancelled', () => {
  it('is joined by a second call for the same key while it runs', async () => {
    const mounts = createOneAtATime<string>();
    const done = Promise.withResolvers<string>();
    let started = 0;
    const work = (): Promise<string> => {
      started++;
      return done.promise;
    };
    const both = [mounts.run('/', within(5000), work), mounts.run('/', within(5000), work)];
    done.resolve('ok');
    expect(await Promise.all(both)).toEqual(['ok', 'ok']);
    expect(started).toBe(1);
  });

  it('is not begun again once it hangs, until it has answered after all', async () => {
    const mounts = createOneAtATime<string>();
    const hanging = Promise.withResolvers<string>();
    let started = 0;
    const ask = (timeoutMs: number): Promise<string> =>
      mounts.run('/nas', within(timeoutMs), () => {
        started++;
        return started === 1 ? hanging.promise : Promise.resolve('well again');
      });
    const late = { code: 'timeout', hint: 'does it lie on a network mount that hangs?' };
    expect(await faultOfCall(ask(50))).toMatchObject({
      ...late,
      message: 'no answer within 50 ms',
    });
    const startedMs = performance.now();
    expect(await faultOfCall(ask(5000))).toMatchObject(late);
    expect(performance.now() - startedMs).toBeLessThan(1000);
    expect(started).toBe(1);
    expect(await mounts.run('/', within(5000), async () => 'another')).toBe('another');
    hanging.resolve('late');
    await hanging.promise;
    await new Promise(setImmediate);
    expect(await ask(5000)).toBe('well again');
  });
});
