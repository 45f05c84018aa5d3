import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostScript } from '../../../src/kinds/host/script.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { ExecOutput } from '../../../src/transports/contract.ts';
import { look, previousOf, sshHost, verdictOf } from '../look.ts';
import { type Framed, shellAnswer } from '../shell-answer.ts';
import { nowMs, said } from '../strict-transports.ts';
import { asustor, but, mac, ubuntu } from './machines.ts';

const tebibyte = 1024 ** 4;

function ask(
  answer: readonly Framed[] | string | ExecOutput | Error,
  disks: readonly string[] = ['/'],
  previous?: ReturnType<typeof previousOf>,
) {
  const argv = ['/bin/sh', '-s', '--', '3', ...disks];
  const request = { host: 'nas', argv, input: hostScript, maxBytes: 1024 * 1024 };
  const text = Array.isArray(answer) ? shellAnswer(answer) : answer;
  const output = typeof text === 'string' ? said(text) : text;
  return look({
    kind: 'host',
    spec: { disks: [...disks] },
    host: sshHost,
    calls: [{ verb: 'exec', request, answer: output as ExecOutput | Error }],
    ...(previous ? { previous } : {}),
  });
}

const volumes = ['/volume1', '/volume2'];

describe('a machine behind ssh', () => {
  it('of Ubuntu tells of itself in one exchange', async () => {
    const result = await ask(ubuntu);
    expect(verdictOf(result)).toBe('up: Ubuntu 24.04.2 LTS');
    expect(result.facts).toMatchObject({
      cpus: 8,
      load1: 0.42,
      uptimeSeconds: 1_641_600,
      memory: {
        totalBytes: 16_280_320 * 1024,
        availableBytes: 11_534_336 * 1024,
        stalledPercent: 0,
      },
      disks: [{ mount: '/', usedBytes: 81_788_928 * 1024, sizeBytes: 309_506_048 * 1024 }],
      unseenDisks: [],
      arrays: [],
      clockSkewSeconds: 0,
      raised: [],
    });
  });

  it('of ASUSTOR tells of its volumes and arrays', async () => {
    const result = await ask(asustor, volumes);
    expect(verdictOf(result)).toBe('up: Linux 6.6.7');
    expect(result.facts).toMatchObject({
      disks: [
        { mount: '/volume1', sizeBytes: 64 * tebibyte, availableBytes: 57 * tebibyte },
        { mount: '/volume2' },
      ],
      arrays: [
        { name: 'md2', wanted: 2, working: 2 },
        { name: 'md1', level: 'raid5', wanted: 8, working: 8 },
      ],
      memory: { stalledPercent: null },
    });
  });

  it('of Apple is read by the same functions as the one that asks', async () => {
    const result = await ask(mac);
    expect(verdictOf(result)).toBe('up: macOS 26.3');
    const disks = [{ mount: '/', availableBytes: 955_621_540 * 1024 }];
    expect(result.facts).toMatchObject({ model: 'Mac16,11', cpus: 14, uptimeSeconds: 3600, disks });
  });

  it('of another system is unknown', async () => {
    const { fault, verdict } = await ask([['system', 'FreeBSD\n']]);
    expect(fault?.code).toBe('tool-missing');
    expect(verdict).toEqual({
      state: 'unknown',
      note: 'its system is FreeBSD, neither Linux nor macOS',
    });
  });

  it('is asked for a volume whose name ends with a slash as df has it', async () => {
    const asked = await ask(asustor, ['/volume1/', '/volume2']);
    expect(asked.facts['unseenDisks']).toEqual([]);
  });

  it.each<[string, readonly Framed[], string]>([
    ['does not answer', but(asustor, 'disk-1', null), 'disk /volume1 does not answer'],
    ['was given up on', but(asustor, 'disk-1', { exitCode: 124 }), 'disk /volume1 does not answer'],
    ['was ended', but(asustor, 'disk-1', { exitCode: 143 }), 'disk /volume1 does not answer'],
    [
      'is not mounted',
      but(asustor, 'disk-1', {
        text: 'Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/md0 2027408 900000 1127408 45% /',
      }),
      'nothing is mounted at /volume1 (its folder lies on /): mount it, or declare / instead',
    ],
    [
      'is not there',
      but(asustor, 'disk-1', { text: 'df: /volume1: No such file or directory', exitCode: 1 }),
      'disk /volume1 is not there',
    ],
    [
      'has no df',
      but(asustor, 'disk-1', { text: '/bin/sh: 9: df: not found', exitCode: 127 }),
      'disk /volume1 was not looked at: df is missing',
    ],
    [
      'is told in other words',
      but(asustor, 'disk-1', { text: 'df: /volume1: Stale file handle', exitCode: 1 }),
      'disk /volume1 is not understood: df: /volume1: Stale file handle',
    ],
    [
      'is told in no words',
      but(asustor, 'disk-1', { text: '' }),
      'disk /volume1 is not understood: df says nothing',
    ],
    [
      'lost a disk',
      but(asustor, 'mdstat', {
        text: 'Personalities : [raid5] \nmd1 : active raid5 sda4[0] sdb4[1] sdc4[2]\n      1953260544 blocks super 1.2 level 5, 64k chunk, algorithm 2 [4/3] [UUU_]\n',
      }),
      'array md1: lacks 1 of 4 disks',
    ],
  ])('one volume of which %s is degraded', async (_title, machine, note) => {
    expect(verdictOf(await ask(machine, volumes))).toBe(`degraded: ${note}`);
  });

  it('says nothing of a disk when it is asked for none', async () => {
    expect((await ask(but(ubuntu, 'disk-1', null), [])).facts['disks']).toEqual([]);
  });

  it('whose clock is off is degraded until it is well again', async () => {
    const showing = (ahead: number) =>
      but(ubuntu, 'clock', { text: `${Math.floor(nowMs / 1000) + ahead}\n` });
    const off = await ask(showing(90));
    const how = 'does anything set it there (NTP)?';
    expect(verdictOf(off)).toBe(`degraded: its clock is minutes ahead: ${how}`);
    expect(off.facts).toMatchObject({ clockSkewSeconds: 90, raised: ['clock'] });
    expect(verdictOf(await ask(showing(4), ['/'], previousOf(off)))).toBe(
      `degraded: its clock is seconds ahead: ${how}`,
    );
    expect((await ask(showing(1), ['/'], previousOf(off))).verdict.state).toBe('up');
  });

  it.each(['', 'date: not found\n', '%s\n', '12\n', '99999999999999\n'])(
    'whose clock says %j is not judged by it',
    async (text) => {
      const result = await ask(but(ubuntu, 'clock', { text }));
      expect(result.facts['clockSkewSeconds']).toBeNull();
      expect(result.verdict.state).toBe('up');
    },
  );

  it('is read past the greeting of its shell', async () => {
    const answer = `Welcome!\n@@ hello\n${shellAnswer(ubuntu)}`;
    expect((await ask(answer)).verdict.state).toBe('up');
  });
});

describe('an answer that is not whole', () => {
  it.each([
    ['Ubuntu', ubuntu, ['/']],
    ['ASUSTOR', asustor, volumes],
    ['a Mac', mac, ['/']],
  ])('of %s, cut off at any byte, is a fault and never up', async (_name, machine, disks) => {
    const whole = shellAnswer(machine);
    for (let length = 0; length < whole.length; length++) {
      const { fault, verdict } = await ask(whole.slice(0, length), disks);
      expect([fault?.code, verdict.state, length]).toEqual(['protocol', 'down', length]);
    }
  });

  it.each<[string, string]>([
    ['goes on after its end', `${shellAnswer(ubuntu)}more\n`],
    ['has its end twice', `${shellAnswer(ubuntu)}@@DONE\n`],
    ['begins a section within another', shellAnswer([['a', '@@BEGIN b'], ...ubuntu])],
    ['has a section twice', shellAnswer([...ubuntu, ['loadavg', '0.0 0']])],
    ['ends a section with no number', shellAnswer(ubuntu).replace('END cpus 0', 'END cpus x')],
    ['has no system', shellAnswer(but(ubuntu, 'system', null))],
    ['has no memory', shellAnswer(but(ubuntu, 'meminfo', null))],
    ['could not read its memory', shellAnswer(but(ubuntu, 'meminfo', { exitCode: 1 }))],
    ['has an empty memory', shellAnswer(but(ubuntu, 'meminfo', { text: '' }))],
    ['has no load', shellAnswer(but(ubuntu, 'loadavg', { text: 'hello' }))],
    ['is of a Mac without vm_stat', shellAnswer(but(mac, 'memory', { exitCode: 127 }))],
  ])('as it %s is the fault `protocol`', async (_title, answer) => {
    const { fault, verdict } = await ask(answer);
    expect([fault?.code, verdict.state]).toEqual(['protocol', 'down']);
  });

  it('of the greatest size is a fault, and its words are short', async () => {
    const huge = 'x'.repeat(1024 * 1024);
    const failing = await ask(but(ubuntu, 'meminfo', { text: huge, exitCode: 1 }));
    expect(failing.verdict.note.length).toBeLessThan(200);
    const strange = await ask(but(ubuntu, 'system', { text: huge }));
    expect(strange.verdict.note.length).toBeLessThan(200);
  });

  it('of garbage in any section is never taken for a machine that is well', async () => {
    const ids = ['system', 'meminfo', 'loadavg', 'uptime', 'mdstat', 'disk-1'];
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ids), text, async (id, garbage) => {
        const { verdict } = await ask(but(ubuntu, id, { text: garbage }));
        expect(verdict.state).not.toBe('up');
      }),
      { numRuns: 300 },
    );
  });
});

describe('a shell that does not run the script', () => {
  it.each<[string, ExecOutput, string, string]>([
    [
      'is not there',
      said('', { exitCode: 127, stderr: 'ash: /bin/sh: not found\n' }),
      'tool-missing',
      'unknown: /bin/sh ended with 127: ash: /bin/sh: not found',
    ],
    [
      'is refused',
      said('', { exitCode: 126, stderr: 'Permission denied\n' }),
      'tool-missing',
      'unknown: /bin/sh ended with 126: Permission denied',
    ],
    [
      'does not understand it',
      said('', { exitCode: 2, stderr: 'sh: 3: Syntax error: "(" unexpected\n' }),
      'protocol',
      'down: /bin/sh ended with 2: sh: 3: Syntax error: "(" unexpected',
    ],
    [
      'was killed',
      said('\n@@BEGIN system\n', { exitCode: null, signal: 'SIGKILL' }),
      'protocol',
      'down: /bin/sh ended with SIGKILL',
    ],
  ])('as it %s', async (_title, output, code, expected) => {
    const result = await ask(output);
    expect([result.fault?.code, verdictOf(result)]).toEqual([code, expected]);
    expect(result.fault?.hint).toContain('POSIX shell');
  });

  it.each<[Parameters<typeof faultOf>[0], string]>([
    ['auth', 'unknown'],
    ['host-key', 'unknown'],
    ['refused', 'down'],
    ['timeout', 'down'],
  ])('as ssh says `%s` is %s, as the fault has it', async (code, state) => {
    const result = await ask(new FaultError(faultOf(code, 'so it is')));
    expect([result.fault?.code, verdictOf(result)]).toEqual([code, `${state}: so it is`]);
  });
});
