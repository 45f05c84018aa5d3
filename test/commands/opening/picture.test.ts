import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  isStillTrue,
  type Picture,
  pictureName,
  readPicture,
  stampFiles,
} from '../../../src/commands/opening/picture.ts';

const wanted = { version: '1', columns: 4, rows: 2, theme: 'terminal', clock: false };
const picture: Picture = { ...wanted, stamps: {}, lines: ['up  ', 'down'] };

describe('a picture', () => {
  it('is read back as it was kept', () => {
    expect(readPicture(JSON.stringify(picture), wanted)).toEqual(picture);
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', 'null'],
    ['a list', '[]'],
    ['another version', JSON.stringify({ ...picture, version: '2' })],
    ['another width', JSON.stringify({ ...picture, columns: 5 })],
    ['another height', JSON.stringify({ ...picture, rows: 3 })],
    ['other colours', JSON.stringify({ ...picture, theme: 'mono' })],
    ['a clock', JSON.stringify({ ...picture, clock: true })],
    ['lines that are none', JSON.stringify({ ...picture, lines: [1, 2] })],
    ['more lines than rows', JSON.stringify({ ...picture, lines: ['a', 'b', 'c'] })],
    ['no lines', JSON.stringify({ ...picture, lines: undefined })],
    ['no stamps', JSON.stringify({ ...picture, stamps: null })],
  ])('is none with %s', (_what, text) => {
    expect(readPicture(text, wanted)).toBe(null);
  });

  it('of one root is another than that of another root, or of a lab', () => {
    const names = [{ rootPath: '/a' }, { rootPath: '/b' }, { lab: 'healthy' }].map(pictureName);
    expect(new Set(names).size).toBe(3);
    expect(names[2]).toBe('opening-lab-healthy.json');
  });
});

describe('what a picture was drawn of', () => {
  let folder: string;
  let state: string;
  let env: string;
  let drawn: Picture;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'joelclaw-picture-'));
    [state, env] = [join(folder, 'state.json'), join(folder, '.env')];
    await writeFile(state, 'known');
    drawn = { ...picture, stamps: await stampFiles([state, env]) };
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is the same as long as nothing was written', async () => {
    expect(await isStillTrue(drawn)).toBe(true);
  });

  it('is another when a file is changed, at the same length too', async () => {
    await writeFile(state, 'other');
    await utimes(state, 1, 1);
    expect(await isStillTrue(drawn)).toBe(false);
  });

  it('is another when a file is gone', async () => {
    await rm(state);
    expect(await isStillTrue(drawn)).toBe(false);
  });

  it('is another when a file is there that was not', async () => {
    await writeFile(env, 'A=1');
    expect(await isStillTrue(drawn)).toBe(false);
  });
});
