import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeFileAtomic } from '../../src/transports/write-file.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'joelclaw-write-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('A file written atomically', () => {
  it('is new or replaced, with the wanted mode, and nothing lies beside it', async () => {
    const path = join(folder, 'state.json');
    await writeFileAtomic(path, 'one', 0o600);
    await writeFileAtomic(path, 'zwei ü', 0o644);
    expect(await readFile(path, 'utf8')).toBe('zwei ü');
    expect((await stat(path)).mode & 0o777).toBe(0o644);
    expect(await readdir(folder)).toEqual(['state.json']);
  });

  it('is never seen half: every reader gets one of the texts', async () => {
    const path = join(folder, 'state.json');
    const texts = ['a', 'b'].map((letter) => letter.repeat(200_000));
    await writeFileAtomic(path, texts[0] ?? '', 0o600);
    const writing = Promise.all(texts.map((text) => writeFileAtomic(path, text, 0o600)));
    const seen = await Promise.all(Array.from({ length: 20 }, () => readFile(path, 'utf8')));
    await writing;
    expect(seen.every((text) => texts.includes(text))).toBe(true);
    expect(await readdir(folder)).toEqual(['state.json']);
  });

  it('replaces a link instead of writing through it', async () => {
    const target = join(folder, 'target');
    await writeFile(target, 'untouched');
    await symlink(target, join(folder, 'link'));
    await writeFileAtomic(join(folder, 'link'), 'new', 0o600);
    expect(await readFile(target, 'utf8')).toBe('untouched');
    expect(await readFile(join(folder, 'link'), 'utf8')).toBe('new');
  });

  it('that cannot be put in place leaves nothing behind and rejects with the system’s error', async () => {
    const path = join(folder, 'taken');
    await mkdir(join(path, 'full'), { recursive: true });
    await expect(writeFileAtomic(path, 'x', 0o600)).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:EISDIR|ENOTEMPTY|EEXIST)$/),
    });
    expect(await readdir(folder)).toEqual(['taken']);
  });

  it('in a folder that does not exist rejects with ENOENT', async () => {
    const path = join(folder, 'none', 'state.json');
    await expect(writeFileAtomic(path, 'x', 0o600)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
