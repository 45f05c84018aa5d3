import {
  chmod,
  chown,
  lstat,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  makeLiveFolder,
  makeNetworkFolder,
  type NetworkFolder,
} from '../support/network-folder.ts';
import { openPty } from '../support/pty.ts';
import { type CliEnd, launcher, runCli } from '../support/run-cli.ts';

const script = '#!/bin/sh\nexec sleep 1\n';
const secret = 's3cr3t-that-nobody-sees';

let folder: NetworkFolder;
let live: string;
beforeEach(async () => {
  folder = await makeNetworkFolder('');
  live = await makeLiveFolder(folder);
  await writeFile(join(folder.root, 'infra/run'), script);
  await writeFile(join(folder.root, 'infra/web.env.example'), 'TOKEN=\nURL=redis://here\n');
  await writeInventory(entries);
});
afterEach(() => folder.remove());

const entries = ['run', 'env'] as const;
const entryOf = {
  run: () =>
    `{source: infra/run, kind: file, host: here, destination: ${live}/bin/run, mode: "0755", service: here/web}`,
  env: () =>
    `{source: infra/web.env.example, kind: env, host: here, destination: ${live}/web.env, service: here/web}`,
};

function writeInventory(files: readonly (keyof typeof entryOf)[]): Promise<void> {
  return folder.write(`version: 1
name: apply
hosts: [{name: here}]
services: [{name: web, host: here, manager: {kind: none}}]
files:${files.length === 0 ? ' []' : files.map((name) => `\n  - ${entryOf[name]()}`).join('')}
`);
}

const cli = (...args: readonly string[]): Promise<CliEnd> =>
  runCli(['infra', ...args, '--root', folder.root], { env: { JOELCLAW_STATE: folder.state } });
// biome-ignore lint/suspicious/noExplicitAny: an envelope is taken apart as the tests need it
const json = async (...args: readonly string[]): Promise<any> =>
  JSON.parse((await cli(...args, '--json')).stdout);
const verdicts = async (): Promise<readonly string[]> =>
  (await json('plan')).result.items.map(
    ({ id, verdict, action }: Record<string, string>) => `${id} ${verdict} ${action}`,
  );
const run = (): string => join(live, 'bin/run');
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o7777;
const stateFiles = async (): Promise<readonly string[]> => {
  const found = await readdir(folder.state, { recursive: true, withFileTypes: true });
  return found.filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name));
};

describe('infra apply over real files', () => {
  it('writes what is missing with its mode, and a second time changes nothing', async () => {
    expect(await verdicts()).toEqual(['file/run missing create', 'env/web.env missing create']);
    const first = await cli('apply', '--yes');
    expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('create file/run')]);
    expect([await readFile(run(), 'utf8'), await modeOf(run())]).toEqual([script, 0o755]);
    const env = join(live, 'web.env');
    expect(await readFile(env, 'utf8')).toBe('# wants a value: TOKEN=\nURL=redis://here\n');
    expect(await modeOf(env)).toBe(0o600);
    const [before] = [await lstat(run())];
    const names = await stateFiles();
    const again = await json('apply', '--yes');
    expect(again.result.applyId).toBeUndefined();
    expect((await lstat(run())).mtimeMs).toBe(before?.mtimeMs);
    expect(await stateFiles()).toEqual(names);
    for (const path of names) expect([path, await modeOf(path)]).toEqual([path, 0o600]);
  });

  it('says that what nobody starts anew was not, until somebody agrees to it', async () => {
    await cli('apply', '--yes');
    const { items } = (await json('plan')).result;
    expect(items[0]).toMatchObject({ verdict: 'in-sync', reloadNeeded: true, action: 'left' });
    expect((await cli('drift')).code).toBe(2);
    expect((await cli('adopt', 'file/run', '--yes')).code).toBe(0);
    expect((await json('plan')).result.items[0].reloadNeeded).toBe(false);
  });

  it('does nothing that nobody has agreed to, and nothing in a dry run', async () => {
    for (const args of [['apply'], ['apply', '--json'], ['apply', '--yes', '--read-only']]) {
      expect((await cli(...args)).code).toBe(1);
    }
    expect((await json('apply')).error.code).toBe('CONFIRMATION_REQUIRED');
    const dry = await json('apply', '--dry-run');
    expect(dry.result.items[0].action).toBe('create');
    expect(await readdir(live)).toEqual([]);
  });

  it('asks a person, and looks again at the moment of writing', async () => {
    const argv = [launcher, 'infra', 'apply', '--root', folder.root] as const;
    const options = { columns: 120, rows: 30, env: { JOELCLAW_STATE: folder.state } };
    const no = openPty(argv, options);
    await no.until(/\[y\/N\]/);
    no.type('n\r');
    expect([(await no.ended).code, await readdir(live)]).toEqual([1, []]);
    const yes = openPty(argv, options);
    await yes.until(/\[y\/N\]/);
    await mkdir(join(live, 'bin'));
    await writeFile(run(), 'meanwhile\n');
    yes.type('y\r');
    expect([(await yes.ended).code, await readFile(run(), 'utf8')]).toEqual([6, 'meanwhile\n']);
    expect(await readdir(live)).toEqual(['bin']);
  });

  it('leaves what hands have changed, and goes over it with a flag alone', async () => {
    await cli('apply', '--yes');
    await writeFile(run(), `${script}# by hand\n`);
    expect((await verdicts())[0]).toBe('file/run drift left');
    const left = await cli('apply', '--yes');
    expect([left.code, left.stdout]).toEqual([6, expect.stringContaining('left as it stands')]);
    expect(await readFile(run(), 'utf8')).toContain('by hand');
    await writeFile(join(folder.root, 'infra/run'), `${script}# by repo\n`);
    expect((await verdicts())[0]).toBe('file/run conflict left');
    expect((await cli('apply', '--yes', '--overwrite-drift')).code).toBe(0);
    expect(await readFile(run(), 'utf8')).toBe(`${script}# by repo\n`);
    expect((await cli('rollback', '--yes')).code).toBe(0);
    expect(await readFile(run(), 'utf8')).toBe(`${script}# by hand\n`);
    expect((await verdicts())[0]).toBe('file/run conflict left');
  });

  it('takes back bytes and modes, once, and not where somebody was there since', async () => {
    await mkdir(join(live, 'bin'));
    await writeFile(run(), 'old\n');
    await chmod(run(), 0o700);
    await cli('apply', '--yes', '--overwrite-drift');
    expect((await cli('rollback')).code).toBe(1);
    await writeFile(run(), 'other\n');
    const stale = await json('rollback', '--yes');
    expect(stale.error).toMatchObject({ code: 'STALE' });
    expect(await readFile(run(), 'utf8')).toBe('other\n');
    await writeFile(run(), script);
    expect((await cli('rollback', '--yes')).code).toBe(0);
    expect([await readFile(run(), 'utf8'), await modeOf(run())]).toEqual(['old\n', 0o700]);
    expect(await readdir(live)).toEqual(['bin']);
    expect((await cli('rollback', '--yes')).code).toBe(1);
    const { applies } = (await json('history')).result;
    expect(applies.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['done', 'done']);
    expect(applies[1].undoes).toBe(applies[0].id);
  });

  it('never changes a line of an environment, and shows no value of it anywhere', async () => {
    const path = join(live, 'web.env');
    await writeFile(path, `TOKEN=${secret}\nMORE=${secret}`, { mode: 0o600 });
    const outputs = [
      await cli('plan'),
      await cli('diff', '--json'),
      await cli('apply', '--yes', '--overwrite-drift'),
      await cli('history', '--json'),
      await cli('drift'),
    ];
    expect(await readFile(path, 'utf8')).toBe(
      `TOKEN=${secret}\nMORE=${secret}\nURL=redis://here\n`,
    );
    expect((await verdicts())[1]).toBe('env/web.env drift left');
    expect((await cli('adopt', 'env/web.env', '--yes')).code).toBe(0);
    expect((await verdicts())[1]).toBe('env/web.env in-sync none');
    outputs.push(await cli('rollback', '--yes'));
    for (const { stdout, stderr } of outputs) expect(stdout + stderr).not.toContain(secret);
    // The bytes of before are kept beside the journal, for their owner alone, and nowhere else.
    const holding: string[] = [];
    for (const one of await stateFiles()) {
      expect(one).not.toContain(secret);
      if ((await readFile(one, 'latin1')).includes(secret)) holding.push(one);
    }
    expect(
      holding.every((one) =>
        /\/applies\/[^/]+\/env_web\.env-[0-9a-f]{8}\.(?:before|after)$/.test(one),
      ),
    ).toBe(true);
    for (const one of holding) expect(await modeOf(one)).toBe(0o600);
  });

  it('never writes over a link, nor to what may not be written', async () => {
    await mkdir(join(live, 'bin'));
    await writeFile(join(live, 'elsewhere'), 'kept\n');
    await symlink(join(live, 'elsewhere'), run());
    expect((await verdicts())[0]).toBe('file/run unmanaged left');
    expect((await cli('apply', '--yes', '--overwrite-drift')).code).toBe(6);
    expect(await readFile(join(live, 'elsewhere'), 'utf8')).toBe('kept\n');
    await rm(join(live, 'bin'), { recursive: true });
    await writeFile(join(live, 'bin'), 'a file where a folder is to be');
    const end = await cli('apply', '--yes', '--only', 'file/run');
    expect([end.code, end.stdout]).toEqual([1, expect.stringContaining('✕ file/run: failed')]);
    const { applies } = (await json('history')).result;
    expect(applies.at(-1).outcome).toBe('failed');
  });

  it('takes away with a flag what the inventory no longer names, unless it was changed', async () => {
    await cli('apply', '--yes');
    await writeInventory(['env']);
    expect(await verdicts()).toEqual(['env/web.env pending left', 'file/run orphan left']);
    await writeFile(run(), 'mine\n');
    await cli('apply', '--yes', '--prune');
    expect(await readFile(run(), 'utf8')).toBe('mine\n');
    await writeFile(run(), script);
    const { uid, gid } = await stat(live);
    const [user, group] = uid === 0 ? [12_345, 23_456] : [uid, gid];
    await chown(run(), user, group);
    expect((await cli('apply', '--yes', '--prune')).code).toBe(0);
    expect(await readdir(join(live, 'bin'))).toEqual([]);
    expect(await verdicts()).toEqual(['env/web.env pending left']);
    expect((await cli('rollback', '--yes')).code).toBe(0);
    expect([await readFile(run(), 'utf8'), await modeOf(run())]).toEqual([script, 0o755]);
    expect(await stat(run())).toMatchObject({ uid: user, gid: group });
  });

  it('validates all of it before any of it is touched', async () => {
    await writeFile(join(folder.root, 'infra/run'), '#!/bin/sh\nif\n');
    const { code, stderr } = await cli('apply', '--yes');
    expect([code, stderr]).toEqual([78, expect.stringContaining('infra/run:')]);
    expect(await readdir(live)).toEqual([]);
  });

  it('leaves what is no text in UTF-8, and says so: its bytes could not be put back', async () => {
    await cli('apply', '--yes');
    const bytes = Buffer.from('#!/bin/sh\n# caf\xe9\n', 'latin1');
    await writeFile(run(), bytes);
    const { code, stdout } = await cli('apply', '--yes', '--overwrite-drift');
    expect([code, stdout]).toEqual([6, expect.stringContaining('left as it stands: file/run')]);
    const [item] = (await json('plan', '--only', 'file/run')).result.items;
    expect(item.note).toContain('no text in UTF-8: move it away by hand');
    expect(await readFile(run())).toEqual(bytes);
  });

  it('of a conflict shows what each side has changed since it was applied', async () => {
    await cli('apply', '--yes');
    const { at } = JSON.parse(
      await readFile(
        (await stateFiles()).find((path) => path.endsWith('applied.json')) ?? '',
        'utf8',
      ),
    ).items['file/run'];
    await writeFile(run(), `${script}# by hand\n`);
    await writeFile(join(folder.root, 'infra/run'), `${script}# by the repo\n`);
    const lines = [
      `@@ the repo since it was applied at ${at} @@`,
      ...['@@ -1,2 +1,3 @@', ' #!/bin/sh', ' exec sleep 1', '+# by the repo'],
      '@@ hands since then @@',
      ...['@@ -1,2 +1,3 @@', ' #!/bin/sh', ' exec sleep 1', '+# by hand'],
      '@@ an apply over it @@',
      ...['@@ -1,3 +1,3 @@', ' #!/bin/sh', ' exec sleep 1', '-# by hand', '+# by the repo'],
    ];
    const [item] = (await json('diff', '--only', 'file/run')).result.items;
    expect(item).toMatchObject({ verdict: 'conflict', change: { added: 1, removed: 1, lines } });
    for (const path of await stateFiles()) if (path.endsWith('.after')) await rm(path);
    const [later] = (await json('diff', '--only', 'file/run')).result.items;
    expect(later.change.lines[0]).toBe(`@@ what was applied at ${at} is not kept @@`);
  });

  it('takes what stands there into the repo, but no secret', async () => {
    await cli('apply', '--yes');
    await writeFile(run(), `${script}# better\n`);
    expect((await cli('adopt', 'file/run', '--yes')).code).toBe(0);
    expect(await readFile(join(folder.root, 'infra/run'), 'utf8')).toBe(`${script}# better\n`);
    expect((await verdicts())[0]).toBe('file/run in-sync none');
    await writeFile(run(), `${script}# ghp_${'a'.repeat(36)}\n`);
    expect((await json('adopt', 'file/run', '--yes')).error.code).toBe('SECRET');
    await writeFile(join(folder.root, '.env'), `KEY=${secret}\n`, { mode: 0o600 });
    await writeFile(run(), `${script}# ${secret}\n`);
    expect((await json('adopt', 'file/run', '--yes')).error.code).toBe('SECRET');
  });

  it('refuses what says nothing', async () => {
    for (const args of [
      ['plan', '--yes'],
      ['history', '--prune'],
      ['apply', 'x', 'y'],
      ['plan', '--out', ''],
      ['aply'],
      [],
      ['apply', '--only', 'file/rum'],
    ]) {
      expect([args, (await cli(...args)).code]).toEqual([args, 64]);
    }
  });
});
