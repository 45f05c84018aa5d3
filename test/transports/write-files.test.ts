import { createHash } from 'node:crypto';
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Host } from '../../src/model/inventory.ts';
import type { Transports } from '../../src/transports/contract.ts';
import type { WriteRequest } from '../../src/transports/contract-files.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { faultOfCall, here, within } from '../support/calls.ts';
import { describeSshd } from '../support/describe-sshd.ts';

const sum = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Writes a file wherever it lies, whole or not at all. */
function writesFiles(hostOf: () => Host): void {
  let folder: string;
  let transports: Transports;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'joelclaw-write-'));
    transports = createLiveTransports();
  });
  afterEach(async () => {
    await transports.close();
    await rm(folder, { recursive: true });
  });

  const write = (name: string, more: Partial<WriteRequest>): Promise<void> =>
    transports.writeFile(
      { on: hostOf(), path: join(folder, name), text: 'new\n', mode: '0644', was: null, ...more },
      within(10_000),
    );
  const textAt = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  const modeAt = async (name: string): Promise<string> =>
    ((await stat(join(folder, name))).mode & 0o7777).toString(8);

  it('makes one, with the folders above it, of this text and mode', async () => {
    const odd = `a 'name'; echo "$(id)" *`;
    const text = `ü ${'x'.repeat(300_000)}\r\nno end`;
    await write(join('deep', 'er', odd), { text, mode: '0750' });
    expect(await textAt(join('deep', 'er', odd))).toBe(text);
    expect(await modeAt(join('deep', 'er', odd))).toBe('750');
    expect(await readdir(join(folder, 'deep', 'er'))).toEqual([odd]);
  });

  it('replaces the one that was seen by another file, of another mode', async () => {
    await writeFile(join(folder, 'f'), 'old');
    await chmod(join(folder, 'f'), 0o600);
    const { ino } = await stat(join(folder, 'f'));
    await write('f', { was: sum('old'), mode: '0644' });
    expect([await textAt('f'), await modeAt('f')]).toEqual(['new\n', '644']);
    expect((await stat(join(folder, 'f'))).ino).not.toBe(ino);
  });

  it.skipIf(process.getuid?.() !== 0)(
    'as root leaves it to whom it belongs, or gives it to whom it belonged',
    async () => {
      const ownerOf = async (name: string): Promise<string> => {
        const { uid, gid } = await stat(join(folder, name));
        return `${uid}:${gid}`;
      };
      await writeFile(join(folder, 'f'), 'old');
      await chown(join(folder, 'f'), 12_345, 23_456);
      await write('f', { was: sum('old') });
      expect(await ownerOf('f')).toBe('12345:23456');
      const [seen] = await transports.lookAtFiles(hostOf(), [join(folder, 'f')], within(10_000));
      expect(seen?.owner).toBe('12345:23456');
      await write('f', { text: null, was: sum('new\n') });
      await write('f', { owner: seen?.owner ?? null });
      expect(await ownerOf('f')).toBe('12345:23456');
    },
  );

  it('takes one away, and what is not there is gone', async () => {
    await writeFile(join(folder, 'f'), 'old');
    await write('f', { text: null, was: sum('old') });
    await write('f', { text: null, was: null });
    expect(await readdir(folder)).toEqual([]);
  });

  it.each<[string, string | null, string | null]>([
    ['another text', 'other', sum('old')],
    ['something where nothing was', 'other', null],
    ['nothing where something was', null, sum('old')],
  ])('leaves %s alone and says that it is stale', async (_what, there, was) => {
    if (there !== null) await writeFile(join(folder, 'f'), there);
    expect(await faultOfCall(write('f', { was }))).toMatchObject({ code: 'stale' });
    expect(await readdir(folder)).toEqual(there === null ? [] : ['f']);
    if (there !== null) expect(await textAt('f')).toBe(there);
  });

  it('never writes over a link, nor what it leads to', async () => {
    await writeFile(join(folder, 'target'), 'old');
    await symlink(join(folder, 'target'), join(folder, 'f'));
    expect(await faultOfCall(write('f', { was: sum('old') }))).toMatchObject({
      code: 'protocol',
      message: `${join(folder, 'f')} is a link`,
    });
    expect((await lstat(join(folder, 'f'))).isSymbolicLink()).toBe(true);
    expect(await textAt('target')).toBe('old');
  });

  it('says of a place where no file can be why, and leaves nothing behind', async () => {
    await writeFile(join(folder, 'file'), 'old');
    await mkdir(join(folder, 'folder'));
    expect(await faultOfCall(write(join('file', 'f'), {}))).toMatchObject({ code: 'protocol' });
    expect(await faultOfCall(write('folder', {}))).toMatchObject({ code: 'not-found' });
    expect((await readdir(folder)).sort()).toEqual(['file', 'folder']);
    expect(await readdir(join(folder, 'folder'))).toEqual([]);
  });
}

describe('A write here', () => writesFiles(() => here));

describeSshd('A write behind ssh', (ground) => {
  describe.each(['ssh2', 'openssh'] as const)('with %s', (client) => {
    writesFiles(() => ground.server.host({ client }));
  });
});
