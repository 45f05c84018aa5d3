import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { mount } from '../../src/kinds/mount/index.ts';
import { mountScript } from '../../src/kinds/mount/script.ts';
import { runCheck } from '../../src/kinds/run-check.ts';
import { FaultError } from '../../src/model/errors.ts';
import { faultOf } from '../../src/model/fault.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { cleaner } from '../../src/model/plain-text.ts';
import type { Result } from '../../src/model/result.ts';
import { type ForeignShell, openForeignShell } from '../support/foreign-shell.ts';
import { isRunning } from '../support/is-running.ts';
import { describeTier, hasProgram } from '../support/tiers.ts';
import { look, sshHost, verdictOf } from './look.ts';
import { type Framed, shellAnswer } from './shell-answer.ts';
import { said } from './strict-transports.ts';

const path = '/Volumes/nas-nvme';

function ask(answer: readonly Framed[] | string | Error, spec: JsonObject = {}, at = path) {
  const request = {
    host: 'panda',
    argv: ['/bin/sh', '-s', '--', '3', at],
    input: mountScript,
    maxBytes: 1024 * 1024,
  };
  const output =
    answer instanceof Error
      ? answer
      : said(typeof answer === 'string' ? answer : shellAnswer(answer));
  const calls = [{ verb: 'exec' as const, request, answer: output }];
  return look({ kind: 'mount', spec: { path: at, ...spec }, calls });
}

/** mount(8) of macOS: the NAS over NFS, and a disk image whose name holds words of the format. */
const macTable: Framed = [
  'mount',
  `/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
devfs on /dev (devfs, local, nobrowse)
/dev/disk3s5 on /System/Volumes/Data (apfs, local, journaled, nobrowse, protect, root data)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
three-body:/volume2/data on ${path} (nfs, nodev, nosuid, mounted by joel)
/dev/disk6s2 on /Volumes/Tools on (old) disk (hfs, local, nodev, nosuid, read-only, noowners)
`,
];

/** proc_mounts(5) of a Linux machine that mounts the same. */
const linuxTable: Framed = [
  'table',
  `/dev/sda2 / ext4 rw,relatime,errors=remount-ro 0 0
proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0
tmpfs ${path} tmpfs rw 0 0
three-body:/volume2/data ${path} nfs ro,relatime,vers=3,soft,addr=192.168.1.163 0 0
/dev/sdb1 /media/My\\040Disk vfat rw,relatime 0 0
`,
];

const wellAnswers: readonly Framed[] = [
  [
    'space',
    `Filesystem 1024-blocks Used Available Capacity Mounted on\nthree-body:/volume2/data 1932735283 96636764 1836098519 5% ${path}`,
  ],
];
const well: readonly Framed[] = [macTable, ...wellAnswers];

describe('a mount', () => {
  it('that is there and answers is up, and is known by what it is mounted from', async () => {
    const result = await ask(well);
    expect(verdictOf(result)).toBe('up: mounted from three-body:/volume2/data');
    expect(result.facts).toEqual({
      isMounted: true,
      source: 'three-body:/volume2/data',
      type: 'nfs',
      readOnly: false,
      silence: '',
    });
  });

  it.each<[string, readonly Framed[], JsonObject, string]>([
    [
      'is not there',
      well,
      { path: '/Volumes/three-body' },
      'down: nothing is mounted on /Volumes/three-body',
    ],
    [
      'is only the beginning of another',
      well,
      { path: '/Volumes/nas' },
      'down: nothing is mounted on /Volumes/nas',
    ],
    ['does not tell its space', [macTable], {}, 'down: does not answer'],
    ['was given up on', [macTable, ['space', '', 124]], {}, 'down: does not answer'],
    [
      'lost its server’s folder',
      [macTable, ['space', `df: ${path}: Stale NFS file handle`, 1]],
      {},
      `down: does not answer: df: ${path}: Stale NFS file handle`,
    ],
    [
      'comes from where it should',
      well,
      { source: 'three-body:' },
      'up: mounted from three-body:/volume2/data',
    ],
    [
      'comes from elsewhere',
      well,
      { source: '/volume1' },
      'degraded: mounted from three-body:/volume2/data: not from /volume1',
    ],
    ['may be written to', well, { writable: true }, 'up: mounted from three-body:/volume2/data'],
    [
      'on Linux is read-only, the last on its path covering the others',
      [linuxTable, ...wellAnswers],
      { writable: true },
      'degraded: mounted from three-body:/volume2/data: read-only',
    ],
    [
      'has everything wrong',
      [linuxTable, ...wellAnswers],
      { writable: true, source: 'tmpfs' },
      'degraded: mounted from three-body:/volume2/data: not from tmpfs, read-only',
    ],
    [
      'has a name with blanks',
      [linuxTable, ...wellAnswers],
      { path: '/media/My Disk' },
      'up: mounted from /dev/sdb1',
    ],
    [
      'has a name like the format',
      well,
      { path: '/Volumes/Tools on (old) disk', writable: true },
      'degraded: mounted from /dev/disk6s2: read-only',
    ],
  ])('that %s', async (_title, answer, spec, expected) => {
    expect(verdictOf(await ask(answer, spec, String(spec['path'] ?? path)))).toBe(expected);
  });

  it('is asked for without a slash at its end', async () => {
    const calls = [
      {
        verb: 'exec' as const,
        request: {
          host: 'panda',
          argv: ['/bin/sh', '-s', '--', '3', path],
          input: mountScript,
          maxBytes: 1024 * 1024,
        },
        answer: said(shellAnswer(well)),
      },
    ];
    const result = await look({ kind: 'mount', spec: { path: `${path}/` }, calls });
    expect(result.verdict.state).toBe('up');
  });

  it.each<[string, readonly Framed[]]>([
    ['no table', wellAnswers],
    ['a mount(8) that is missing', [['mount', 'sh: /sbin/mount: not found', 127], ...wellAnswers]],
    ['no df', [macTable, ['space', 'sh: df: not found', 127]]],
  ])('on a machine with %s is unknown: we could not look', async (_title, answer) => {
    const { fault, verdict } = await ask(answer);
    expect([fault?.code, verdict.state]).toEqual(['tool-missing', 'unknown']);
  });

  it('of which the answer is cut off at any byte is a fault and never up', async () => {
    const whole = shellAnswer(well);
    for (let length = 0; length < whole.length; length++) {
      const { fault, verdict } = await ask(whole.slice(0, length));
      expect([fault?.code, verdict.state, length]).toEqual(['protocol', 'down', length]);
    }
  });

  it('on a machine that rejects us is unknown', async () => {
    const result = await ask(new FaultError(faultOf('auth', 'permission denied (publickey)')));
    expect(verdictOf(result)).toBe('unknown: permission denied (publickey)');
  });

  it.each(['nas', '/', ''])('is not written as %j', (at) => {
    expect(mount.spec.safeParse({ path: at }).success).toBe(false);
  });
});

let opened: ForeignShell | undefined;
afterEach(() => opened?.stop());

function inShell(shell: string): void {
  const programs = ['cat', 'df', 'sleep', 'timeout', 'true'];
  const lookAt = ({ transports }: ForeignShell, at: string): Promise<Result> => {
    const bound = { id: 'nas/x/mount', kind: mount, host: sshHost, timeoutMs: 3000 };
    const more = { service: null, cluster: null, clean: cleaner([]) };
    const { signal } = new AbortController();
    const spec = mount.spec.parse({ path: at }) as never;
    return runCheck({ ...bound, ...more, spec }, { transports, signal, previous: null });
  };

  it('sees what this machine mounts, and what it does not', async () => {
    opened = openForeignShell(shell, programs);
    expect((await lookAt(opened, '/proc')).facts).toMatchObject({ type: 'proc', isMounted: true });
    const folder = mkdtempSync(`${tmpdir()}/joelclaw mount'`);
    expect(verdictOf(await lookAt(opened, folder))).toBe(`down: nothing is mounted on ${folder}`);
    rmSync(folder, { recursive: true });
    expect(verdictOf(await lookAt(opened, '/nope'))).toBe('down: nothing is mounted on /nope');
  });

  it('is not kept by one that hangs', async () => {
    opened = openForeignShell(shell, programs);
    const { bin } = opened;
    opened.give('df', `#!/bin/sh\necho $$ >${bin}/hung.pid\nexec ${bin}/sleep 30\n`);
    expect(verdictOf(await lookAt(opened, '/proc'))).toBe('down: does not answer');
    const pid = Number(readFileSync(`${bin}/hung.pid`, 'utf8'));
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false));
  });
}

/** The programs of another system say other things. */
const isLinux = process.platform === 'linux';

describe.runIf(isLinux && hasProgram('dash'))('the script in dash', () => inShell('dash'));
describe.runIf(isLinux && hasProgram('bash'))('the script in bash', () => inShell('bash'));
describeTier('busybox', 'the script in BusyBox', () => inShell('busybox sh'));
