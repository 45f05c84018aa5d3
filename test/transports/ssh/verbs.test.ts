import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Host } from '../../../src/model/inventory.ts';
import type { ExecOutput, Transports } from '../../../src/transports/contract.ts';
import { createLiveTransports } from '../../../src/transports/live.ts';
import { faultOfCall, within } from '../../support/calls.ts';
import { describeSshd } from '../../support/describe-sshd.ts';
import { isGone, pidIn } from '../../support/processes.ts';
import { startSshd } from '../../support/sshd-server.ts';

describeSshd('A host behind ssh', (ground) => {
  describe.each(['ssh2', 'openssh'] as const)('with %s', (client) => {
    let transports: Transports;
    let on: Host;
    beforeEach(() => {
      transports = createLiveTransports();
      on = ground.server.host({ client });
    });
    afterEach(() => transports.close());

    const sh = (script: string, options = within(10_000)): Promise<ExecOutput> =>
      transports.exec({ on, argv: ['sh', '-c', script] }, options);

    it('tells a program’s exit code and both its outputs', async () => {
      expect(await sh('echo out; echo err >&2; exit 3')).toEqual({
        exitCode: 3,
        signal: null,
        stdout: 'out\n',
        stderr: 'err\n',
        truncated: false,
      });
      expect(await sh('exit 127')).toMatchObject({ exitCode: 127 });
    });

    it('says that a signal ended it, and which one where that is told', async () => {
      const signal = client === 'ssh2' ? 'SIGTERM' : 'unknown';
      expect(await sh('kill -TERM $$')).toMatchObject({ exitCode: null, signal });
    });

    it('hands on arguments as they are', async () => {
      const argv = ['printf', '%s|', '$HOME', '*', "a'b", ';', '`id`', '', '\n', 'ü'] as const;
      const { stdout } = await transports.exec({ on, argv }, within(10_000));
      expect(stdout).toBe("$HOME|*|a'b|;|`id`||\n|ü|");
    });

    it('has no input but what is given, and speaks one language', async () => {
      expect(await sh('cat; echo $LC_ALL')).toMatchObject({ exitCode: 0, stdout: 'C\n' });
      const input = 'ü'.repeat(300_000);
      const { stdout } = await transports.exec({ on, argv: ['cat'], input }, within(10_000));
      expect(stdout).toBe(input);
    });

    it('that lacks a program says so with its name', async () => {
      const missing = transports.exec({ on, argv: ['joelclaw-no-such'] }, within(10_000));
      expect(await faultOfCall(missing)).toEqual({
        code: 'tool-missing',
        side: 'prober',
        message: 'joelclaw-no-such is not installed on box',
        hint: 'install joelclaw-no-such there, or name it by its whole path',
      });
      const file = transports.exec({ on, argv: ['/etc/passwd'] }, within(10_000));
      expect(await faultOfCall(file)).toMatchObject({
        code: 'tool-missing',
        message: '/etc/passwd may not be run on box',
      });
    });

    it('is cut at the cap where its head alone is wanted, and the program still runs to its end', async () => {
      const script = 'head -c 3000000 /dev/zero | tr "\\0" x; head -c 99 /dev/zero >&2; exit 7';
      const head = { on, argv: ['sh', '-c', script] as const, headOnly: true };
      const output = await transports.exec(head, within(10_000));
      expect(output).toMatchObject({ exitCode: 7, truncated: true });
      expect(output.stdout).toHaveLength(1024 * 1024);
      expect(output.stderr).toHaveLength(99);
      const small = await transports.exec({ ...head, maxBytes: 10 }, within(10_000));
      expect(small.stdout).toBe('xxxxxxxxxx');
    });

    it.each([
      [false, 30_000, { code: 'protocol', side: 'prober', message: 'sh said more than 1 MiB' }],
      [true, 1500, { code: 'timeout', side: 'target', message: 'sh did not end within 1.5 s' }],
    ])(
      'that floods is ended, and has filled nothing of ours: its head alone %s',
      async (headOnly, timeoutMs, fault) => {
        await sh('true');
        const peak = watchMemory();
        const script = `echo $$ > ~/flood-${client}; exec yes `.padEnd(1000, 'x');
        const argv = ['sh', '-c', script] as const;
        const flood = transports.exec({ on, argv, headOnly }, within(timeoutMs));
        expect(await faultOfCall(flood)).toMatchObject(fault);
        const pid = await pidIn(join(ground.server.folder, `flood-${client}`));
        await vi.waitFor(() => expect(isGone(pid)).toBe(true));
        // A flood is hundreds of megabytes; what is on its way on a busy machine is tens of them.
        expect(peak.grownBytes()).toBeLessThan(96 * 1024 * 1024);
        expect(await sh('echo well')).toMatchObject({ stdout: 'well\n' });
      },
    );

    it('is left at once when the run is aborted', async () => {
      await sh('true');
      const run = new AbortController();
      const call = sh(
        `sleep 600 & echo $! > ~/sleeper-${client}; wait`,
        within(60_000, run.signal),
      );
      const pid = await pidIn(join(ground.server.folder, `sleeper-${client}`));
      const startedMs = performance.now();
      run.abort();
      expect(await faultOfCall(call)).toMatchObject({ code: 'aborted', side: 'prober' });
      expect(performance.now() - startedMs).toBeLessThan(500);
      process.kill(pid, 'SIGKILL');
    });

    it('tells what it runs and who asks', async () => {
      const uid = process.getuid?.() ?? 0;
      const system = process.platform === 'darwin' ? 'darwin' : 'linux';
      expect(await transports.machine(on, within(10_000))).toEqual({ system, uid });
      const { processes } = transports.counts();
      expect(await transports.machine(on, within(10_000))).toEqual({ system, uid });
      expect(transports.counts().processes).toBe(processes);
    });

    it('has its files read, and says what is the matter with one that cannot be', async () => {
      const read = (path: string): Promise<string> => transports.readFile(on, path, within(10_000));
      await writeFile(join(ground.server.folder, 'it’s'), 'grüße');
      await writeFile(join(ground.server.folder, 'large'), 'x'.repeat(1024 * 1024 + 1));
      await writeFile(join(ground.server.folder, 'full'), 'x'.repeat(1024 * 1024));
      await mkdir(join(ground.server.folder, 'sub'), { recursive: true });
      expect(await read('~/it’s')).toBe('grüße');
      expect(await read('~/full')).toHaveLength(1024 * 1024);
      const ours = { side: 'prober' };
      expect(await faultOfCall(read('~/none'))).toEqual({
        ...ours,
        code: 'not-found',
        message: '~/none on box does not exist',
      });
      for (const path of ['~/sub', '/dev/zero']) {
        expect(await faultOfCall(read(path))).toMatchObject({
          ...ours,
          code: 'not-found',
          message: `${path} on box is not a file`,
        });
      }
      expect(await faultOfCall(read('~/large'))).toMatchObject({
        ...ours,
        code: 'protocol',
        message: '~/large on box is larger than 1024 KiB',
      });
    });
  });

  it.each(['ssh2', 'openssh'] as const)(
    'leaves nobody behind of what is late by %s, children neither',
    async (client) => {
      const transports = createLiveTransports();
      const on = ground.server.host({ client });
      const argv = ['sh', '-c', `sleep 86 & echo $! > ~/silent-${client}; exec sleep 87`] as const;
      await transports.exec({ on, argv: ['true'] }, within(10_000));
      expect(await faultOfCall(transports.exec({ on, argv }, within(1500)))).toMatchObject({
        code: 'timeout',
      });
      const child = await pidIn(join(ground.server.folder, `silent-${client}`));
      // What ends it is waited for, also by who closes at once.
      await transports.close();
      await vi.waitFor(() => expect(isGone(child)).toBe(true));
    },
  );

  it('is asked to kill what is late, also when its input has ended', async () => {
    const talkative = await startSshd(['LogLevel DEBUG1']);
    const transports = createLiveTransports();
    // Silent for ever, and no child to be left behind.
    const argv = ['sh', '-c', 'cat > ~/late; exec sleep 2'] as const;
    const call = transports.exec({ on: talkative.host(), argv, input: 'x' }, within(1000));
    expect(await faultOfCall(call)).toMatchObject({ code: 'timeout' });
    await vi.waitFor(() => expect(talkative.log()).toMatch(/req signal/));
    await transports.close();
    await talkative.stop();
  });

  it('runs ten programs over one connection, four at once and never more', async () => {
    const transports = createLiveTransports();
    const on = ground.server.host();
    const folder = join(ground.server.folder, 'running');
    await mkdir(folder);
    const script = `touch ~/running/$$; ls ~/running | wc -l; sleep 0.2; rm ~/running/$$`;
    const calls = Array.from({ length: 10 }, () =>
      transports.exec({ on, argv: ['sh', '-c', script] }, within(20_000)),
    );
    const seen = (await Promise.all(calls)).map(({ stdout }) => Number(stdout));
    expect(Math.max(...seen)).toBeLessThanOrEqual(4);
    expect(Math.max(...seen)).toBeGreaterThan(1);
    // One process: ssh is asked once for its settings.
    expect(transports.counts()).toEqual({ connections: 1, processes: 1 });
    await transports.close();
  });
});

/** How much more than at first is held at most, garbage not counted; sampled until it is asked. */
function watchMemory(): { grownBytes(): number } {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const held = (): number => {
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const before = held();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, held());
  }, 200);
  return {
    grownBytes: () => {
      clearInterval(timer);
      return most - before;
    },
  };
}
