import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { host } from '../../../src/kinds/host/index.ts';
import { runCheck } from '../../../src/kinds/run-check.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import { cleaner } from '../../../src/model/plain-text.ts';
import type { Result } from '../../../src/model/result.ts';
import { type ForeignShell, openForeignShell } from '../../support/foreign-shell.ts';
import { isRunning } from '../../support/is-running.ts';
import { describeTier, hasProgram } from '../../support/tiers.ts';
import { sshHost, verdictOf } from '../look.ts';

/** What the script wants of a machine. */
const programs = ['cat', 'date', 'df', 'sleep', 'timeout', 'true', 'uname'];

let opened: ForeignShell | undefined;
afterEach(() => opened?.stop());

function open(shell: string, without: readonly string[] = []): ForeignShell {
  opened = openForeignShell(
    shell,
    programs.filter((program) => !without.includes(program)),
  );
  return opened;
}

function lookInto(
  { transports }: ForeignShell,
  disks: readonly string[],
  timeoutMs = 10_000,
): Promise<Result> {
  const clean = cleaner([]);
  const spec = { disks } as never;
  const bound = { id: 'nas/host', kind: host, spec, host: sshHost, timeoutMs, clean };
  const { signal } = new AbortController();
  return runCheck(
    { ...bound, service: null, cluster: null },
    { transports, signal, previous: null },
  );
}

/** A df that tells who it is and hangs on one mount, as on a dead NFS server. */
const hangingDf = (bin: string, real: string): string => `#!/bin/sh
case $2 in
  /hung) echo $$ >${bin}/hung.pid; exec ${bin}/sleep 30 ;;
esac
exec ${real} "$@"
`;

/** A df that waits for those of all mounts, so that they answer at once and at length. */
function meetingDf(bin: string, mounts: readonly string[]): string {
  const rows = [...Array(500).keys(), ...mounts].map((row) => `dev 8 4 4 50% ${row}\n`);
  writeFileSync(
    `${bin}/rows`,
    `Filesystem 1024-blocks Used Available Capacity Mounted on\n${rows.join('')}`,
  );
  return `#!/bin/sh
: >${bin}/came.$$
until set -- ${bin}/came.*; [ "$#" -eq ${mounts.length} ]; do :; done
exec ${bin}/cat ${bin}/rows
`;
}

function inShell(shell: string): void {
  const realDf = shell.startsWith('busybox') ? '/usr/bin/busybox df' : '/bin/df';

  it('looks into this machine', async () => {
    const result = await lookInto(open(shell), ['/']);
    expect(result.fault).toBeNull();
    const release = readFileSync('/etc/os-release', 'utf8');
    expect(release).toContain(`PRETTY_NAME="${String(result.facts['os'])}"`);
    const memory = result.facts['memory'] as JsonObject;
    expect(memory['totalBytes']).toBe(totalmem());
    expect(result.facts).toMatchObject({
      cpus: cpus().length,
      unseenDisks: [],
      clockSkewSeconds: 0,
      disks: [{ mount: '/' }],
    });
    const [disk] = result.facts['disks'] as unknown as readonly { readonly sizeBytes: number }[];
    expect(disk?.sizeBytes).toBeGreaterThan(1024 ** 2);
  });

  it('names the mounts that are not there, that are none and that have odd names', async () => {
    const machine = open(shell);
    const odd = `/nope; echo "$(true)' *`;
    const { facts, fault } = await lookInto(machine, ['/', machine.bin, odd]);
    expect(fault).toBeNull();
    expect(facts['unseenDisks']).toEqual([
      { mount: machine.bin, why: 'is not mounted', liesOn: expect.stringMatching(/^\//) },
      { mount: odd, why: 'is not there' },
    ]);
  });

  it('keeps what is asked at the same time apart, whoever writes first', async () => {
    const machine = open(shell);
    const mounts = Array.from({ length: 8 }, (_, number) => `/volume${number}`);
    machine.give('df', meetingDf(machine.bin, mounts));
    const { facts, fault } = await lookInto(machine, mounts);
    expect(fault).toBeNull();
    expect(facts['disks']).toMatchObject(mounts.map((mount) => ({ mount })));
  });

  it('says so of a df that says nothing', async () => {
    const machine = open(shell);
    machine.give('df', '#!/bin/sh\nexit 3\n');
    const { verdict } = await lookInto(machine, ['/']);
    expect(verdict.note).toContain('disk / is not understood: df says nothing');
  });

  it('says what was not looked at without df', async () => {
    const { verdict } = await lookInto(open(shell, ['df']), ['/']);
    expect(verdict.state).toBe('degraded');
    expect(verdict.note).toContain('disk / was not looked at: df is missing');
  });

  it('tells whatever it can without date, sleep and timeout', async () => {
    const { facts, fault } = await lookInto(open(shell, ['date', 'sleep', 'timeout']), ['/']);
    expect(fault).toBeNull();
    expect(facts).toMatchObject({ clockSkewSeconds: null, disks: [{ mount: '/' }] });
  });

  it('reads without cat too', async () => {
    const { fault, verdict } = await lookInto(open(shell, ['cat']), ['/']);
    expect({ fault, state: verdict.state }).toEqual({ fault: null, state: 'up' });
  });

  it.each([
    ['timeout ends', []],
    ['the guard lets go of', ['timeout']],
  ])('is not kept by a mount that hangs: %s it', async (_title, without) => {
    const machine = open(shell, without);
    machine.give('df', hangingDf(machine.bin, realDf));
    const { facts, fault, verdict } = await lookInto(machine, ['/hung', '/'], 3000);
    expect(fault).toBeNull();
    expect(verdict.note).toContain('disk /hung does not answer');
    expect(verdict.state).toBe('degraded');
    expect(facts['disks']).toMatchObject([{ mount: '/' }]);
    const pid = Number(readFileSync(`${machine.bin}/hung.pid`, 'utf8'));
    // Without a terminal dash and BusyBox have no process groups for their jobs.
    const goesOn = without.length > 0 && shell !== 'bash';
    await vi.waitFor(() => expect(isRunning(pid)).toBe(goesOn));
    if (goesOn) process.kill(pid, 'SIGKILL');
  });

  it('runs out of time as a whole only where everything hangs', async () => {
    const machine = open(shell);
    machine.give('uname', `#!/bin/sh\nexec ${machine.bin}/sleep 30\n`);
    const { fault } = await lookInto(machine, ['/'], 600);
    expect(fault?.code).toBe('timeout');
  });
}

/** The programs of another system say other things. */
const isLinux = process.platform === 'linux';

describe.runIf(isLinux && hasProgram('dash'))('the script in dash', () => inShell('dash'));
describe.runIf(isLinux && hasProgram('bash'))('the script in bash', () => inShell('bash'));
describeTier('busybox', 'the script in BusyBox', () => inShell('busybox sh'));

describeTier('busybox', 'an old BusyBox, whose timeout wants -t', () => {
  it('ends what hangs all the same', async () => {
    const machine = open('busybox sh');
    const old = `#!/bin/sh
[ "$1" = -t ] || exit 127
seconds=$2
shift 2
exec /usr/bin/busybox timeout "$seconds" "$@"
`;
    machine.give('timeout', old);
    machine.give('df', hangingDf(machine.bin, '/usr/bin/busybox df'));
    const result = await lookInto(machine, ['/hung'], 3000);
    expect(verdictOf(result)).toContain('disk /hung does not answer');
    const pid = Number(readFileSync(`${machine.bin}/hung.pid`, 'utf8'));
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false));
  });
});
