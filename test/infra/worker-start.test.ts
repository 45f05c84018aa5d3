import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { hasProgram } from '../support/tiers.ts';

const script = fileURLToPath(new URL('../../infra/worker/start.sh', import.meta.url));
const run = promisify(execFile);
const shells = ['sh', 'bash', 'dash', 'busybox'].filter(hasProgram);

/** Says what it was told, and with whose process id; `install` does what `$INSTALL` says. */
const fakeBun = `#!/bin/sh
echo "$$ $*" >> "$LOG"
if [ "$1" = install ]; then
  mkdir -p node_modules
  \${INSTALL:-true}
else
  \${SERVE:-true}
fi
`;
const fakeGit = `#!/bin/sh
echo "git $*" >> "$LOG"
case $1 in
  status) [ -n "$GIT_FAILS" ] && exit 128; printf '%s' "$CHANGED" ;;
  pull) \${PULL:-true} ;;
esac
`;

interface End {
  readonly code: number | null;
  readonly signal: string | null;
  readonly pid: number | undefined;
  readonly stderr: string;
  /** What the tools were told, without process ids. */
  readonly asked: readonly string[];
  readonly pids: readonly number[];
}

describe.each(shells)('the worker’s start by %s', (shell) => {
  let home: string;
  let worker: string;
  let lock: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'joelclaw-worker-'));
    worker = join(home, 'Code/system-bus-worker/packages/system-bus');
    lock = join(home, 'Code/system-bus-worker/bun.lock');
    await mkdir(join(worker, 'src'), { recursive: true });
    await mkdir(join(home, 'bin'));
    await mkdir(join(home, '.config'));
    await writeFile(join(worker, 'src/serve.ts'), '');
    await writeFile(join(home, '.config/system-bus.env'), 'A=1\n');
    await writeFile(lock, 'one\n');
    await tool('bun', fakeBun);
    await tool('git', fakeGit);
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  const tool = async (name: string, text: string): Promise<void> => {
    await writeFile(join(home, 'bin', name), text);
    await chmod(join(home, 'bin', name), 0o755);
  };
  const start = async (env: Readonly<Record<string, string>> = {}): Promise<End> => {
    const log = join(home, 'log');
    await rm(log, { force: true });
    const [program = '', ...args] =
      shell === 'busybox' ? ['busybox', 'sh', script] : [shell, script];
    const child = spawn(program, args, {
      cwd: '/',
      env: { HOME: home, PATH: `${home}/bin:/usr/bin:/bin`, LOG: log, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const [code, signal] = await new Promise<[number | null, string | null]>((resolve) => {
      child.on('close', (...end) => resolve(end));
    });
    const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n').filter(Boolean);
    return {
      ...{ code, signal, stderr, pid: child.pid },
      asked: lines.map((line) => line.replace(/^\d+ /, '')),
      pids: lines.map((line) => Number.parseInt(line, 10)),
    };
  };
  const install = 'install --frozen-lockfile';
  const serve = (): string => `--env-file=${home}/.config/system-bus.env src/serve.ts`;

  it('installs at first and when the lockfile has changed, and then no more', async () => {
    const first = await start();
    expect(first).toMatchObject({ code: 0, asked: [install, serve()] });
    expect((await start()).asked).toEqual([serve()]);
    await writeFile(lock, 'two\n');
    expect((await start()).asked).toEqual([install, serve()]);
    expect((await start()).asked).toEqual([serve()]);
    await rm(join(home, 'Code/system-bus-worker/node_modules'), { recursive: true });
    expect((await start()).asked).toEqual([install, serve()]);
  });

  it('becomes the server: the same process, its signals and its end', async () => {
    await start();
    const { pid, pids } = await start();
    expect(pids).toEqual([pid]);
    expect(await start({ SERVE: 'exit 7' })).toMatchObject({ code: 7 });
    await tool('bun', '#!/bin/sh\n[ "$1" = install ] || kill -TERM $$\n');
    expect(await start()).toMatchObject({ code: null, signal: 'SIGTERM' });
  });

  it('starts nothing when the install fails, and tries again', async () => {
    const failed = await start({ INSTALL: 'exit 1' });
    expect(failed).toMatchObject({ code: 75, asked: [install] });
    expect(failed.stderr).toContain('bun install failed: nothing was started');
    expect((await start()).asked).toEqual([install, serve()]);
  });

  it('does an install again that was cut off half-way, also when the lockfile goes back', async () => {
    await start();
    await writeFile(lock, 'two\n');
    // As by a power cut: neither an end nor a stamp.
    await tool('bun', '#!/bin/sh\nkill -KILL $PPID\nkill -KILL $$\n');
    expect((await start()).code).not.toBe(0);
    await writeFile(lock, 'one\n');
    await tool('bun', fakeBun);
    expect((await start()).asked).toEqual([install, serve()]);
  });

  it('never pulls unless told, and never over edits', async () => {
    await start();
    expect((await start()).asked).toEqual([serve()]);
    const status = 'git status --porcelain --untracked-files=no';
    const pull = 'git pull --ff-only --quiet';
    expect((await start({ WORKER_PULL: '1' })).asked).toEqual([status, pull, serve()]);
    const edited = await start({ WORKER_PULL: '1', CHANGED: ' M src/serve.ts' });
    expect(edited).toMatchObject({ code: 0, asked: [status, serve()] });
    expect(edited.stderr).toContain('not pulled: files here were edited by hand');
    const noCheckout = await start({ WORKER_PULL: '1', GIT_FAILS: '1' });
    expect(noCheckout).toMatchObject({ code: 0, asked: [status, serve()] });
    const offline = await start({ WORKER_PULL: '1', PULL: 'exit 1' });
    expect(offline).toMatchObject({ code: 0, asked: [status, pull, serve()] });
    expect(offline.stderr).toContain('not pulled: git could not; starting what is here');
  });

  it('installs what a pull has brought', async () => {
    await start();
    await tool('git', `#!/bin/sh\n[ "$1" = pull ] && echo two > '${lock}'\nexit 0\n`);
    expect((await start({ WORKER_PULL: '1' })).asked).toEqual([install, serve()]);
  });

  test.each<
    [
      string,
      number,
      RegExp,
      (paths: { home: string; worker: string; lock: string }) => Promise<void>,
    ]
  >([
    [
      'no checkout',
      78,
      /there is no folder .*: set WORKER_DIR/,
      ({ worker: at }) => rm(at, { recursive: true }),
    ],
    [
      'no settings',
      78,
      /there is no .*system-bus\.env/,
      ({ home: at }) => rm(join(at, '.config/system-bus.env')),
    ],
    [
      'no entry',
      78,
      /there is no .*serve\.ts: set WORKER_ENTRY/,
      ({ worker: at }) => rm(join(at, 'src/serve.ts')),
    ],
    ['no lockfile', 78, /there is no bun\.lock/, ({ lock: at }) => rm(at)],
    ['no bun', 69, /bun is not on PATH/, ({ home: at }) => rm(join(at, 'bin/bun'))],
  ])('ends badly and says why with %s', async (_what, code, words, spoil) => {
    await spoil({ home, worker, lock });
    const end = await start();
    expect({ code: end.code, asked: end.asked }).toEqual({ code, asked: [] });
    expect(end.stderr).toMatch(words);
  });

  it('ends badly without a HOME', async () => {
    expect((await start({ HOME: '' })).code).toBe(78);
  });

  it('is of a syntax that this shell knows', async () => {
    const args = shell === 'busybox' ? ['sh', '-n', script] : ['-n', script];
    expect((await run(shell, args)).stderr).toBe('');
  });
});
