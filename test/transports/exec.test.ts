import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExecOutput, Transports } from '../../src/transports/contract.ts';
import { maxProcesses } from '../../src/transports/exec.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { faultOfCall, here, within } from '../support/calls.ts';
import { isGone, pidIn } from '../support/processes.ts';

let transports: Transports;
let folder: string;

beforeEach(async () => {
  transports = createLiveTransports();
  folder = await mkdtemp(join(tmpdir(), 'joelclaw-exec-'));
});

afterEach(async () => {
  await transports.close();
  await rm(folder, { recursive: true });
});

function sh(script: string, options = within(10_000)): Promise<ExecOutput> {
  return transports.exec({ on: here, argv: ['sh', '-c', script] }, options);
}

describe('A program', () => {
  it('tells its exit code and both its outputs', async () => {
    expect(await sh('echo out; echo err >&2; exit 3')).toEqual({
      exitCode: 3,
      signal: null,
      stdout: 'out\n',
      stderr: 'err\n',
      truncated: false,
    });
  });

  it('that a signal ended has no exit code but the signal’s name', async () => {
    expect(await sh('kill -TERM $$')).toMatchObject({ exitCode: null, signal: 'SIGTERM' });
  });

  it('gets its arguments as they are: no shell reads them', async () => {
    const argv = ['printf', '%s|', '$HOME', '*', 'a b', ';', '`id`'] as const;
    const { stdout } = await transports.exec({ on: here, argv }, within(10_000));
    expect(stdout).toBe('$HOME|*|a b|;|`id`|');
  });

  it('has no input to wait for, and speaks one language', async () => {
    expect(await sh('cat; echo $LC_ALL')).toMatchObject({ exitCode: 0, stdout: 'C\n' });
  });

  it('that does not exist is tool-missing, and says what to install', async () => {
    const argv = ['joelclaw-no-such-program'] as const;
    const call = transports.exec({ on: here, argv }, within(10_000));
    expect(await faultOfCall(call)).toEqual({
      code: 'tool-missing',
      side: 'prober',
      message: 'joelclaw-no-such-program is not installed',
      hint: 'install joelclaw-no-such-program, or name it by its whole path',
    });
    expect(transports.counts().processes).toBe(0);
  });

  it('that may not be run is tool-missing', async () => {
    const call = transports.exec({ on: here, argv: ['/etc/passwd'] }, within(10_000));
    expect(await faultOfCall(call)).toMatchObject({
      code: 'tool-missing',
      message: '/etc/passwd may not be run',
    });
  });

  it('whose head alone is wanted is cut at the cap, and still runs to its own end', async () => {
    const script = 'head -c 3000000 /dev/zero | tr "\\0" x; head -c 99 /dev/zero >&2; exit 7';
    const request = { on: here, argv: ['sh', '-c', script] as const, headOnly: true };
    const output = await transports.exec(request, within(10_000));
    expect(output).toMatchObject({ exitCode: 7, truncated: true });
    expect(output.stdout).toHaveLength(1024 * 1024);
    expect(output.stderr).toHaveLength(99);
    const small = await transports.exec({ ...request, maxBytes: 10 }, within(10_000));
    expect(small.stdout).toBe('xxxxxxxxxx');
  });

  it('that never ends is ended at its deadline, with what it has started', async () => {
    const script = `sleep 600 & echo $! > ${folder}/pid; wait`;
    const fault = await faultOfCall(sh(script, within(700)));
    expect(fault).toMatchObject({ code: 'timeout', message: 'sh did not end within 700 ms' });
    const grandchild = await pidIn(join(folder, 'pid'));
    await vi.waitFor(() => expect(isGone(grandchild)).toBe(true));
  });

  it('that floods is ended at the cap, with what it has started', async () => {
    const script = `sleep 600 & echo $! > ${folder}/flood; yes`;
    expect(await faultOfCall(sh(script, within(20_000)))).toEqual({
      code: 'protocol',
      side: 'prober',
      message: 'sh said more than 1 MiB',
      hint: 'it was ended there: is sh the program that it should be?',
    });
    const grandchild = await pidIn(join(folder, 'flood'));
    await vi.waitFor(() => expect(isGone(grandchild)).toBe(true));
    const argv = ['env', 'A=b', 'cat', '/dev/zero'] as const;
    const small = transports.exec({ on: here, argv, maxBytes: 2048 }, within(20_000));
    expect((await faultOfCall(small)).message).toBe('cat said more than 2 KiB');
  });

  it('that floods where its head alone is wanted is ended at its deadline', async () => {
    const call = transports.exec({ on: here, argv: ['yes'], headOnly: true }, within(300));
    expect(await faultOfCall(call)).toMatchObject({ code: 'timeout' });
  });

  it('is ended when the run is aborted, and when the transports are closed', async () => {
    const run = new AbortController();
    const script = (name: string): string => `echo $$ > ${folder}/${name}; exec sleep 600`;
    const aborted = faultOfCall(sh(script('a'), within(60_000, run.signal)));
    const closed = sh(script('b'), within(60_000));
    const [first, second] = [await pidIn(join(folder, 'a')), await pidIn(join(folder, 'b'))];
    run.abort();
    expect(await aborted).toMatchObject({ code: 'aborted' });
    await vi.waitFor(() => expect(isGone(first)).toBe(true));
    expect(isGone(second)).toBe(false);
    await transports.close();
    expect(await closed).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
  });

  it('waits while eight others run', async () => {
    const runs = Array.from({ length: maxProcesses + 1 }, () => new AbortController());
    const calls = runs.map(({ signal }) =>
      faultOfCall(sh('exec sleep 600', within(60_000, signal))),
    );
    await vi.waitFor(() => expect(transports.counts().processes).toBe(maxProcesses));
    await new Promise(setImmediate);
    expect(transports.counts().processes).toBe(maxProcesses);
    runs[0]?.abort();
    await vi.waitFor(() => expect(transports.counts().processes).toBe(maxProcesses + 1));
    for (const run of runs) run.abort();
    await Promise.all(calls);
  });
});
