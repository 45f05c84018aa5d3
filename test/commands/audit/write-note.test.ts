import { mkdir, mkdtemp, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { notePath } from '../../../src/commands/audit/note-path.ts';
import { writeNote } from '../../../src/commands/audit/write-note.ts';
import { readOptions } from '../../../src/commands/options.ts';
import type { AuditReport } from '../../../src/model/audit.ts';
import { faultOf } from '../../../src/model/fault.ts';
import { createLiveTransports } from '../../../src/transports/live.ts';
import { factsWith, reportOf } from '../../audit/report.ts';

const transports = createLiveTransports();
let folder: string;
let vault: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'joelclaw-vault-'));
  vault = join(folder, 'Vault');
  await mkdir(vault);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

type Ground = Parameters<typeof writeNote>[1];
const write = (more: Partial<AuditReport> = {}, args: readonly string[] = [], at = vault) =>
  writeNote(reportOf(more), {
    open: {
      ...{ transports, rootPath: folder, secrets: [] },
      network: { inventory: { vault: at, services: [] } },
    } as unknown as Ground['open'],
    context: {
      options: readOptions(['audit', 'x', ...args]),
      signal: new AbortController().signal,
    } as unknown as Ground['context'],
  });
const place = (): string => join(vault, 'Resources/tools/clanker-001.md');

it('makes the folders within the vault, and writes once: the second time nothing is touched', async () => {
  expect(await write()).toEqual({ path: place(), state: 'written' });
  await utimes(place(), 1000, 1000);
  const { ino } = await stat(place());
  const later = { at: '2027-01-01T00:00:00.000Z', id: '20270101T000000Z-aaaa' };
  expect(await write(later)).toEqual({ path: place(), state: 'unchanged' });
  expect(await stat(place())).toMatchObject({ ino, mtimeMs: 1_000_000 });
  const facts = factsWith({ system: { kernel: '9.9' } });
  expect(await write({ ...later, facts }, ['--dry-run'])).toMatchObject({ state: 'planned' });
  expect(await stat(place())).toMatchObject({ ino });
  expect(await write({ ...later, facts })).toMatchObject({ state: 'written' });
  expect(await readFile(place(), 'utf8')).toContain('6.1.0-30-amd64 → 9.9');
});

it('keeps the mode of a note', async () => {
  await write();
  await writeFile(place(), 'mine', { mode: 0o600 });
  const { mode } = await stat(place());
  await write();
  expect((await stat(place())).mode).toBe(mode);
});

it('makes no vault, follows no link, and leaves alone what it cannot read', async () => {
  const said = (error: unknown): string => (error instanceof Error ? error.message : 'no error');
  const fails = async (more: Promise<unknown>): Promise<string> => more.then(() => 'written', said);
  expect(await fails(write({}, [], join(folder, 'other')))).toContain('there is no folder');
  expect(await fails(write({ cutOff: faultOf('timeout', 'late') }))).toContain('before its end');
  expect(await fails(write({}, ['--read-only']))).toContain('--read-only');
  await mkdir(join(vault, 'Resources/tools'), { recursive: true });
  await writeFile(join(folder, 'elsewhere'), 'theirs');
  await symlink(join(folder, 'elsewhere'), place());
  expect(await fails(write())).toContain('link');
  expect(await readFile(join(folder, 'elsewhere'), 'utf8')).toBe('theirs');
  await rm(place());
  for (const text of ['---\na: [\n---\n', '---\n- a\n---\n', '---\n{a: 1}\n---\n']) {
    await writeFile(place(), text);
    expect(await fails(write())).toContain('the frontmatter of');
    expect(await readFile(place(), 'utf8')).toBe(text);
  }
});

it('tells of a note that is no UTF-8, and writes over a sign that only looks like it', async () => {
  await mkdir(join(vault, 'Resources/tools'), { recursive: true });
  const bytes = Buffer.from([0x41, 0xff, 0x0a]);
  await writeFile(place(), bytes);
  await expect(write()).rejects.toMatchObject({
    ...{ code: 'NOTE_NOT_WRITTEN', exitCode: 1 },
    message: expect.stringContaining('holds a byte that is no UTF-8'),
    hint: `make it UTF-8: iconv -f latin1 -t utf-8 ${place()}`,
  });
  await expect(write({}, ['--dry-run'])).rejects.toThrow('no UTF-8');
  expect(await readFile(place())).toEqual(bytes);
  await writeFile(place(), 'mine: \uFFFD\n');
  expect(await write()).toMatchObject({ state: 'written' });
  expect(await readFile(place(), 'utf8')).toContain('mine: \uFFFD\n');
});

it.each([
  ['nas', '/v/Resources/tools/nas.md'],
  ['../../etc/passwd', '/v/Resources/tools/-..-etc-passwd.md'],
  ['..', '/v/Resources/tools/host.md'],
  ['a b/c', '/v/Resources/tools/a-b-c.md'],
])('the note of %j lies in %s', (host, path) => {
  expect(notePath('/v/', host)).toBe(path);
});
