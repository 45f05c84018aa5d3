import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { linuxFacts, memoryOf, stalledPercentOf } from '../../../src/kinds/host/linux.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import { look, verdictOf } from '../look.ts';
import type { Call } from '../strict-transports.ts';

/** /proc/meminfo of a Debian 12 machine with 24 GB and no swap. */
const meminfo = readFileSync(new URL('../recorded/linux-meminfo.txt', import.meta.url), 'utf8');

describe('a Linux machine', () => {
  const texts: Readonly<Record<string, string | Error>> = {
    '/proc/meminfo': meminfo,
    '/proc/stat':
      'cpu  14492 0 7027 524108\ncpu0 6133 0 2947 263978\ncpu1 8358 0 4079 260130\nintr 5\n',
    '/proc/loadavg': '0.14 0.17 0.08 2/104 12042\n',
    '/proc/uptime': '2740.17 5241.08\n',
    '/etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\n',
    '/proc/pressure/memory': new FaultError(faultOf('not-found', 'no such file')),
    '/proc/mdstat': new FaultError(faultOf('not-found', 'no such file')),
  };
  const usage = { usedBytes: 10, availableBytes: 80, sizeBytes: 100 };
  const answered = { ...usage, liesOn: null };
  const calls = (more: Readonly<Record<string, string | Error>> = {}): readonly Call[] => [
    ...Object.entries({ ...texts, ...more }).map(
      ([path, answer]): Call => ({ verb: 'readFile', request: { host: 'panda', path }, answer }),
    ),
    { verb: 'diskUsage', request: { host: 'panda', mount: '/' }, answer: answered },
    { verb: 'diskUsage', request: { host: 'panda', mount: '/data' }, answer: answered },
  ];
  const spec = { disks: ['/', '/data'] };

  it('tells of itself by /proc alone', async () => {
    const result = await look({ kind: 'host', spec, calls: calls() });
    expect(verdictOf(result)).toBe('up: Debian GNU/Linux 12 (bookworm)');
    expect(result.facts).toMatchObject({
      cpus: 2,
      load1: 0.14,
      uptimeSeconds: 2740,
      disks: [
        { mount: '/', ...usage },
        { mount: '/data', ...usage },
      ],
      memory: { totalBytes: 24_684_092 * 1024, pressure: null, swapUsedBytes: 0 },
    });
  });

  it('whose programs all wait for memory is degraded', async () => {
    const pressure =
      'some avg10=0.00 avg60=42.50 avg300=1.00 total=0\nfull avg10=0.00 avg60=12.50 avg300=0.00 total=0\n';
    const answers = calls({ '/proc/pressure/memory': pressure });
    const result = await look({ kind: 'host', spec, calls: answers });
    expect(verdictOf(result)).toBe('degraded: programs wait for memory');
  });

  it.each([
    [faultOf('not-found', 'no /data'), 'degraded: disk /data is not seen: no /data'],
    [faultOf('timeout', 'no answer within 5 s'), 'degraded: disk /data does not answer'],
  ])('of which one disk is in trouble (%o) is only degraded', async (fault, expected) => {
    const [gone, ...others] = calls().toReversed();
    const answers = gone ? [{ ...gone, answer: new FaultError(fault) }, ...others] : [];
    expect(verdictOf(await look({ kind: 'host', spec, calls: answers }))).toBe(expected);
  });

  it('where nothing is mounted shows no other file system’s figures for it', async () => {
    const [gone, ...others] = calls().toReversed();
    const answer = { ...usage, liesOn: '/' };
    const answers = gone ? [{ ...gone, answer }, ...others] : [];
    const result = await look({ kind: 'host', spec, calls: answers });
    expect(verdictOf(result)).toBe(
      'degraded: nothing is mounted at /data (its folder lies on /): mount it, or declare / instead',
    );
    expect(result.facts).toMatchObject({
      disks: [{ mount: '/' }],
      unseenDisks: [{ mount: '/data', why: 'is not mounted', liesOn: '/' }],
    });
  });

  it('that cannot be asked as the run ended is no degraded one', async () => {
    const [gone, ...others] = calls().toReversed();
    const answer = new FaultError(faultOf('aborted', 'the run ended first'));
    const answers = gone ? [{ ...gone, answer }, ...others] : [];
    const { fault, verdict } = await look({ kind: 'host', spec, calls: answers });
    expect([fault?.code, verdict.state]).toEqual(['aborted', 'unknown']);
  });

  it('tells of its RAID', async () => {
    const mdstat = `Personalities : [raid1]
md0 : active raid1 sdb1[1](F) sda1[0]
      976630464 blocks super 1.2 [2/1] [U_]

unused devices: <none>
`;
    const result = await look({ kind: 'host', spec, calls: calls({ '/proc/mdstat': mdstat }) });
    expect(verdictOf(result)).toBe('degraded: array md0: lacks 1 of 2 disks, sdb1 has failed');
    expect(result.facts['arrays']).toMatchObject([{ name: 'md0', level: 'raid1', working: 1 }]);
  });

  it('whose RAID is told in words that nobody knows is degraded', async () => {
    const result = await look({ kind: 'host', spec, calls: calls({ '/proc/mdstat': 'hello\n' }) });
    expect(verdictOf(result)).toBe('degraded: /proc/mdstat is not understood');
  });

  it('without a release file is named by its kernel', () => {
    const texts = { meminfo, cpus: 1, loadavg: '0.1 0', uptime: '5.0 3', pressure: null };
    const facts = { ...texts, release: null, kernel: 'Linux 5.13.1\n', mdstat: null };
    expect(linuxFacts(facts)).toMatchObject({ os: 'Linux 5.13.1', arrays: [], uptimeSeconds: 5 });
    expect(() => linuxFacts({ ...facts, loadavg: 'high' })).toThrow('/proc/loadavg begins with');
    expect(() => linuxFacts({ ...facts, uptime: '' })).toThrow('/proc/uptime begins with');
  });

  it('of an old kernel has available what is free and cached', () => {
    const old = 'MemTotal: 1000 kB\nMemFree: 100 kB\nBuffers: 20 kB\nCached: 300 kB\n';
    expect(memoryOf(old).availableBytes).toBe(420 * 1024);
    expect(() => memoryOf('MemTotal: 1000 kB\n')).toThrow('does not say what is free');
  });

  it('uses of its memory what is not available', () => {
    const { usedBytes, availableBytes } = memoryOf(meminfo);
    expect(availableBytes).toBe(24_130_176 * 1024);
    expect(usedBytes + availableBytes).toBe(24_684_092 * 1024);
  });

  it('that names no MemTotal is a protocol fault', () => {
    expect(() => memoryOf('hello\n')).toThrow(FaultError);
  });

  it.each([
    [
      'some avg10=90.00 avg60=80.00 avg300=0.00 total=0\nfull avg10=9.00 avg60=1.25 avg300=0.00 total=0\n',
      1.25,
    ],
    ['some avg10=90.00 avg60=80.00 avg300=0.00 total=0\n', null],
    [null, null],
  ])('counts as stalled only what all wait for: %j', (text, expected) => {
    expect(stalledPercentOf(text)).toBe(expected);
  });
});

describe('a machine of another system', () => {
  it('is unknown: there is no way to look', async () => {
    const result = await look({ kind: 'host', spec: {}, platform: 'other', calls: [] });
    expect(result.fault?.code).toBe('tool-missing');
    expect(result.verdict.state).toBe('unknown');
  });
});
