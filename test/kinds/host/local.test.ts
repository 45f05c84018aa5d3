import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diskOf, memoryOf as macMemoryOf } from '../../../src/kinds/host/darwin.ts';
import { memoryOf, stalledPercentOf } from '../../../src/kinds/host/linux.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import { look, verdictOf } from '../look.ts';
import { type Call, nowMs, said } from '../strict-transports.ts';

const macText = (name: string): string =>
  readFileSync(new URL(`../../fixtures/macos/${name}`, import.meta.url), 'utf8');

/** /proc/meminfo of a Debian 12 machine with 24 GB and no swap. */
const meminfo = readFileSync(new URL('../recorded/linux-meminfo.txt', import.meta.url), 'utf8');

const gibibyte = 1024 ** 3;

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
  const calls = (more: Readonly<Record<string, string | Error>> = {}): readonly Call[] => [
    ...Object.entries({ ...texts, ...more }).map(
      ([path, answer]): Call => ({ verb: 'readFile', request: { host: 'panda', path }, answer }),
    ),
    { verb: 'diskUsage', request: { host: 'panda', mount: '/' }, answer: usage },
    { verb: 'diskUsage', request: { host: 'panda', mount: '/data' }, answer: usage },
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

  it('with an array that lacks a disk is degraded', async () => {
    const mdstat =
      'Personalities : [raid1]\nmd0 : active raid1 sda1[0]\n      1000 blocks [2/1] [U_]\n\nunused devices: <none>\n';
    const result = await look({ kind: 'host', spec, calls: calls({ '/proc/mdstat': mdstat }) });
    expect(verdictOf(result)).toBe('degraded: array md0: lacks 1 of 2 disks');
  });

  it('names the disk that cannot be asked, and tells the rest', async () => {
    const [gone, ...others] = calls().toReversed();
    const answer = new FaultError(faultOf('not-found', 'no /data'));
    const answers = gone ? [{ ...gone, answer }, ...others] : [];
    const result = await look({ kind: 'host', spec, calls: answers });
    expect(verdictOf(result)).toBe('degraded: disk /data is not seen: no /data');
    expect(result.facts['disks']).toEqual([{ mount: '/', ...usage }]);
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

describe('a Mac', () => {
  const intel = macText('vm_stat-intel-4096.txt');
  const kernel = new Map([['hw.memsize', String(64 * gibibyte)]]);

  it('with an Intel processor counts pages of 4096 bytes', () => {
    const pages = 464_333 - 11_820 + 715_958 + 0;
    expect(macMemoryOf(kernel, intel).usedBytes).toBe(pages * 4096);
  });

  it('with Apple Silicon counts pages of 16384 bytes', () => {
    const silicon = intel.replace('page size of 4096', 'page size of 16384');
    expect(macMemoryOf(kernel, silicon).usedBytes).toBe((464_333 - 11_820 + 715_958) * 16_384);
  });

  it('uses no more memory than it has', () => {
    const small = new Map([['hw.memsize', String(gibibyte)]]);
    expect(macMemoryOf(small, intel)).toMatchObject({ usedBytes: gibibyte, availableBytes: 0 });
  });

  it.each([
    ['1', 'normal'],
    ['2', 'warn'],
    ['4', 'critical'],
    ['9', null],
  ])('at pressure level %s is under %s pressure', (level, pressure) => {
    const strained = new Map([...kernel, ['kern.memorystatus_vm_pressure_level', level]]);
    expect(macMemoryOf(strained, intel).pressure).toBe(pressure);
  });

  it('whose vm_stat names no page size is a protocol fault', () => {
    expect(() => macMemoryOf(kernel, 'Pages free: 5.\n')).toThrow('vm_stat names no page size');
  });

  it('tells its disks in blocks of 1024 bytes, used being what is not available', () => {
    expect(diskOf(macText('df-P-k-t-apfs.txt'), '/')).toEqual({
      mount: '/',
      sizeBytes: 244_912_536 * 1024,
      availableBytes: 119_970_448 * 1024,
      usedBytes: (244_912_536 - 119_970_448) * 1024,
    });
  });

  it.each(['df-512-blocks-default.txt', 'df-h-apfs-apple-silicon-vm.txt'])(
    'is not misread from %s, which has other units',
    (name) => {
      expect(diskOf(macText(name), '/')).toBe(null);
    },
  );

  it('shows the Data volume for /, as / itself is a sealed snapshot', () => {
    const df = `Filesystem     1024-blocks      Used Available Capacity  Mounted on
/dev/disk3s1s1   971350180  11534336 955621540     2%    /
/dev/disk3s5     971350180   3145728 900000000     1%    /System/Volumes/Data
/dev/disk7s1        100000     50000     50000    50%    /Volumes/My Disk
`;
    const disks = ['/', '/Volumes/My Disk'].map((mount) => diskOf(df, mount));
    expect(disks.map((disk) => [disk?.mount, (disk?.availableBytes ?? 0) / 1024])).toEqual([
      ['/', 900_000_000],
      ['/Volumes/My Disk', 50_000],
    ]);
  });

  const sysctl = `hw.memsize: 68719476736
hw.ncpu: 14
hw.model: Mac16,11
kern.boottime: { sec = ${nowMs / 1000 - 3600}, usec = 0 } Wed Feb 18 08:00:00 2026
kern.memorystatus_vm_pressure_level: 1
vm.loadavg: { 2.61 2.10 1.98 }
vm.swapusage: total = 4096.00M  used = 1536.50M  free = 2559.50M  (encrypted)
`;
  const exec = (argv: readonly string[], answer: object): Call => ({
    verb: 'exec',
    request: { host: 'panda', argv },
    answer,
  });
  const keys =
    'hw.memsize hw.ncpu hw.model kern.boottime kern.memorystatus_vm_pressure_level vm.loadavg vm.swapusage';
  const calls = (kernelText: string): readonly Call[] => [
    exec(['/usr/sbin/sysctl', ...keys.split(' ')], said(kernelText)),
    exec(['/usr/bin/vm_stat'], said(intel)),
    exec(['/bin/df', '-kP', '/System/Volumes/Data'], said(macText('df-P-k-t-apfs.txt'))),
    exec(['/usr/bin/sw_vers', '-productVersion'], said('26.3\n')),
  ];

  it('tells of itself by four short programs', async () => {
    const result = await look({ kind: 'host', spec: {}, platform: 'darwin', calls: calls(sysctl) });
    expect(verdictOf(result)).toBe('up: macOS 26.3');
    expect(result.facts).toMatchObject({
      model: 'Mac16,11',
      cpus: 14,
      load1: 2.61,
      uptimeSeconds: 3600,
      memory: { totalBytes: 64 * gibibyte, swapUsedBytes: 1536.5 * 1024 * 1024 },
    });
  });

  it('whose sysctl lacks what is wanted is a protocol fault that names it', async () => {
    const without = sysctl.replace(/^hw.ncpu.*\n/m, '');
    const result = await look({
      kind: 'host',
      spec: {},
      platform: 'darwin',
      calls: calls(without),
    });
    expect(result.fault).toMatchObject({ code: 'protocol', message: 'sysctl names no hw.ncpu' });
  });

  it('of which a program fails says which, and how', async () => {
    const [first, ...others] = calls(sysctl);
    const failed = said('', { exitCode: 1, stderr: 'not permitted\n' });
    const answers = first ? [{ ...first, answer: failed }, ...others] : [];
    const result = await look({ kind: 'host', spec: {}, platform: 'darwin', calls: answers });
    expect(result.verdict.note).toBe('/usr/sbin/sysctl ended with 1: not permitted');
  });
});

describe('a machine of another system', () => {
  it('is unknown: there is no way to look', async () => {
    const result = await look({ kind: 'host', spec: {}, platform: 'other', calls: [] });
    expect(result.fault?.code).toBe('tool-missing');
    expect(result.verdict.state).toBe('unknown');
  });
});
