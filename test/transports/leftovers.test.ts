import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { replaceFile } from '../../src/transports/replace-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'joelclaw-left-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('what a killed write of a file has left goes with its next one, and nothing of others', async () => {
  const others = [
    '.one.txt.0123456789ab.tmp',
    '.one.0123.tmp',
    '.one.0123456789ab.tmp.mine',
    'one.tmp',
  ];
  for (const name of ['.one.0123456789ab.tmp', ...others]) await writeFile(join(folder, name), 'x');
  const path = join(folder, 'one');
  await replaceFile(path, { path, text: 'new\n', mode: '0600', was: null });
  expect((await readdir(folder)).toSorted()).toEqual([...others, 'one'].toSorted());
});
