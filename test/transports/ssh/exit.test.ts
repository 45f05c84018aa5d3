import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it, vi } from 'vitest';
import { describeSshd } from '../../support/describe-sshd.ts';

const run = promisify(execFile);
const library = fileURLToPath(new URL('../../../dist/index.js', import.meta.url));

/** Asks once and closes nothing: it ends when nothing holds the process any more. */
const script = `
const { createLiveTransports } = await import(process.env.LIBRARY);
const transports = createLiveTransports();
const on = JSON.parse(process.env.ON);
const options = { timeoutMs: 20_000, signal: new AbortController().signal };
const { stdout } = await transports.exec({ on, argv: ['echo', 'in'] }, options);
process.stdout.write(stdout + JSON.stringify(transports.counts()));
`;

/** Command lines of what runs now and has to do with a folder. */
function programsOf(folder: string): readonly string[] {
  const all = execFileSync('ps', ['-A', '-ww', '-o', 'args='], { encoding: 'utf8' });
  return all.split('\n').filter((line) => line.includes(folder));
}

describeSshd('The bundle', (ground) => {
  it.each(['SIGKILL', 'SIGTERM'] as const)(
    'leaves no ssh and no folder behind, though %s ended it',
    async (signal) => {
      const folder = await mkdtemp('/tmp/jl-');
      let child: ChildProcess | null = null;
      try {
        const env = {
          ...process.env,
          TMPDIR: folder,
          LIBRARY: library,
          ON: JSON.stringify(ground.server.host({ client: 'openssh' })),
        };
        const args = ['--input-type=module', '-e', `${script}\nsetInterval(() => {}, 1e6);`];
        child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
        await once(child.stdout as Readable, 'data');
        const masters = (): readonly string[] =>
          programsOf(join(folder, 'jc-')).filter((line) => / -f -N /.test(line));
        expect([masters().length, (await readdir(folder)).length]).toEqual([1, 1]);
        child.kill(signal);
        await once(child, 'exit');
        await vi.waitFor(
          async () => expect([programsOf(folder), await readdir(folder)]).toEqual([[], []]),
          { timeout: 5000 },
        );
      } finally {
        child?.kill('SIGKILL');
        await rm(folder, { recursive: true, force: true });
      }
    },
  );

  it.each(['ssh2', 'openssh'] as const)(
    'asks with %s, and a connection that rests does not hold its process',
    async (client) => {
      const env = {
        ...process.env,
        LIBRARY: library,
        ON: JSON.stringify(ground.server.host({ client })),
      };
      const args = ['--input-type=module', '-e', script];
      const { stdout } = await run(process.execPath, args, { env, timeout: 25_000 });
      expect(stdout).toMatch(/^in\n\{"connections":\d,"processes":\d\}$/);
    },
  );
});
