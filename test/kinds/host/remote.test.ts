import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostScript } from '../../../src/kinds/host/script.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { Result } from '../../../src/model/result.ts';
import { describeTier } from '../../support/tiers.ts';
import { look, sshHost, verdictOf } from '../look.ts';
import { type Call, nowMs, said } from '../strict-transports.ts';

const macText = (name: string): string =>
  readFileSync(new URL(`../../fixtures/macos/${name}`, import.meta.url), 'utf8');

const section = (name: string, text: string, exitCode = 0): string =>
  `@@BEGIN ${name}\n${text}\n@@END ${name} ${exitCode}\n`;

const df = (mount: string): string =>
  `Filesystem     1024-blocks      Used Available Capacity Mounted on\n/dev/md1 68719476736 7516192768 61203283968 11% ${mount}`;

const nas: readonly string[] = [
  section('system', 'Linux'),
  section('meminfo', 'MemTotal:        8013872 kB\nMemAvailable:    5230100 kB'),
  section('cpus', '4'),
  section('loadavg', '0.31 0.27 0.22 1/412 20713'),
  section('uptime', '3542400.17 14169600.68'),
  section('clock', String(nowMs / 1000)),
  section('kernel', 'Linux 6.6.0'),
  section('mdstat', 'Personalities : [raid5]\nunused devices: <none>'),
  section('disk-1', df('/volume1')),
];

function answerOf(sections: readonly string[], parameters: readonly string[]): Call {
  const argv = ['/bin/sh', '-s', '--', '3', ...parameters];
  return {
    verb: 'exec',
    request: { host: 'nas', argv, input: hostScript, maxBytes: 256 * 1024 },
    answer: said(`\n${sections.join('')}@@DONE\n`),
  };
}

function lookAt(call: Call, disks: readonly string[]): Promise<Result> {
  return look({ kind: 'host', spec: { disks }, host: sshHost, calls: [call] });
}

describe('a machine behind ssh', () => {
  it('tells all of itself in one exchange', async () => {
    const result = await lookAt(answerOf(nas, ['/volume1']), ['/volume1']);
    expect(verdictOf(result)).toBe('up: Linux 6.6.0');
    expect(result.facts).toMatchObject({
      cpus: 4,
      load1: 0.31,
      uptimeSeconds: 3_542_400,
      clockSkewSeconds: 0,
      arrays: [],
      disks: [{ mount: '/volume1', sizeBytes: 64 * 1024 ** 4 }],
    });
  });

  it('names the disk that hangs, the one that is not mounted, and tells the rest', async () => {
    const sections = [
      ...nas,
      section('disk-3', df('/')),
      section('disk-4', 'df: /gone: No such file or directory', 1),
      section('disk-5', 'sh: df: not found', 127),
      section('disk-6', '', 137),
    ];
    const disks = ['/volume1', '/volume2', '/volume3', '/gone', '/x', '/hung'];
    const result = await lookAt(answerOf(sections, disks), disks);
    expect(verdictOf(result)).toBe(
      'degraded: disk /volume2 does not answer; disk /volume3 is not mounted; disk /gone is not there; disk /x was not looked at: df is missing; disk /hung does not answer',
    );
    expect(result.facts['disks']).toHaveLength(1);
  });

  it('may be a Mac', async () => {
    const sysctl = `hw.memsize: 68719476736
hw.ncpu: 14
hw.model: Mac16,11
kern.boottime: { sec = ${nowMs / 1000 - 3600}, usec = 0 } Wed Feb 18 08:00:00 2026
kern.memorystatus_vm_pressure_level: 1
vm.loadavg: { 2.61 2.10 1.98 }
vm.swapusage: total = 0.00M  used = 0.00M  free = 0.00M  (encrypted)`;
    const sections = [
      section('system', 'Darwin'),
      section('sysctl', sysctl),
      section('clock', String(nowMs / 1000)),
      section('memory', macText('vm_stat-intel-4096.txt')),
      section('version', '26.3'),
      section('disk-1', macText('df-P-k-t-apfs.txt')),
    ];
    const result = await lookAt(answerOf(sections, ['/']), ['/']);
    expect(verdictOf(result)).toBe('up: macOS 26.3');
    expect(result.facts).toMatchObject({ model: 'Mac16,11', uptimeSeconds: 3600 });
    expect(result.facts['disks']).toMatchObject([{ mount: '/', sizeBytes: 244_912_536 * 1024 }]);
  });

  it('of another system is unknown', async () => {
    const sections = [section('system', 'FreeBSD'), section('clock', '1')];
    const result = await lookAt(answerOf(sections, ['/']), ['/']);
    expect(verdictOf(result)).toBe('unknown: its system is FreeBSD, neither Linux nor macOS');
  });

  it('is as the way to it is', async () => {
    const call = answerOf(nas, ['/']);
    const answer = new FaultError(faultOf('host-key', 'the key of nas has changed'));
    const result = await lookAt({ ...call, answer }, ['/']);
    expect(verdictOf(result)).toBe('unknown: the key of nas has changed');
  });

  it('is never up when its answer is cut off', async () => {
    const whole = `\n${nas.join('')}@@DONE\n`;
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        const call = { ...answerOf(nas, ['/volume1']), answer: said(whole.slice(0, length)) };
        const { verdict, fault } = await lookAt(call, ['/volume1']);
        expect(verdict.state).not.toBe('up');
        expect(fault?.code).toBe('protocol');
      }),
    );
  });

  it.each([
    ['a section twice', `\n${nas[0]}${nas[0]}@@DONE\n`],
    ['text after the end', `\n${nas.join('')}@@DONE\nmore\n`],
    ['nothing', ''],
    ['numbers that are none', `\n${nas.join('').replace('0.31', 'a lot')}@@DONE\n`],
    ['no memory', `\n${nas.join('').replace('MemTotal', 'MemWhole')}@@DONE\n`],
  ])('is not believed when it says %s', async (_title, text) => {
    const call = { ...answerOf(nas, ['/volume1']), answer: said(text) };
    expect((await lookAt(call, ['/volume1'])).fault?.code).toBe('protocol');
  });
});

/** What the script says in a shell of this machine. */
function runIn(
  argv: readonly string[],
  parameters: readonly string[],
  path?: string,
): Promise<string> {
  const [program = '', ...args] = argv;
  const env = path === undefined ? process.env : { PATH: path };
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      [...args, '-s', '--', '1', ...parameters],
      { env },
      (error, stdout) => (error ? reject(error) : resolve(stdout)),
    );
    child.stdin?.end(hostScript);
  });
}

/** The kind's own look at what such a shell has said. */
async function seenIn(argv: readonly string[], disks: readonly string[]): Promise<Result> {
  const text = await runIn(argv, disks);
  const atMs = Number(/@@BEGIN clock\n(\d+)/.exec(text)?.[1]) * 1000;
  expect(Math.abs(atMs - Date.now())).toBeLessThan(60_000);
  return lookAt(
    {
      ...answerOf([], disks),
      answer: said(text.replace(/(@@BEGIN clock\n)\d+/, `$1${nowMs / 1000}`)),
    },
    disks,
  );
}

describe.runIf(process.platform === 'linux')('the script on this machine', () => {
  it.each([['/bin/sh'], ['bash']])('is understood by %s', async (shell) => {
    const result = await seenIn([shell], ['/', '/nowhere']);
    expect(result.fault).toBe(null);
    expect(result.facts).toMatchObject({ disks: [{ mount: '/' }] });
    expect(result.verdict.note).toContain('disk /nowhere is not there');
  });

  it('writes nothing to where its words lead', async () => {
    expect(hostScript).not.toMatch(/<<|>\s*(?!\/dev\/null|&)[\w./$]/);
  });
});

describeTier('busybox', 'the script in BusyBox', () => {
  it('is understood by its shell', async () => {
    const result = await seenIn(['busybox', 'sh'], ['/']);
    expect(result.fault).toBe(null);
    expect(result.facts).toMatchObject({ disks: [{ mount: '/' }] });
  });
});
