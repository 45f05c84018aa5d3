import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { diskOf, memoryOf as macMemoryOf } from '../../../src/kinds/host/darwin.ts';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import { look, verdictOf } from '../look.ts';
import { type Call, nowMs, said } from '../strict-transports.ts';

const macText = (name: string): string =>
  readFileSync(new URL(`../../fixtures/macos/${name}`, import.meta.url), 'utf8');

const gibibyte = 1024 ** 3;

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
      expect(diskOf(macText(name), '/')).toBeNull();
    },
  );

  it('shows the Data volume for /, as / itself is a sealed snapshot', () => {
    const df = `Filesystem     1024-blocks      Used Available Capacity  Mounted on
/dev/disk3s1s1   971350180  11534336 955621540     2%    /
/dev/disk3s5     971350180   3145728 900000000     1%    /System/Volumes/Data
/dev/disk7s1        100000     50000     50000    50%    /Volumes/My Disk
`;
    const freeOn = (mount: string) => (diskOf(df, mount)?.availableBytes ?? 0) / 1024;
    expect(freeOn('/')).toBe(900_000_000);
    expect(freeOn('/Volumes/My Disk')).toBe(50_000);
    expect(diskOf(df, '/Volumes/Other')).toBeNull();
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

  it.each<[string, object, string]>([
    [
      'hangs',
      new FaultError(faultOf('timeout', '/bin/df did not end')),
      'disk /Volumes/nas does not answer',
    ],
    [
      'is a plain folder',
      said(macText('df-P-k-t-apfs.txt')),
      'nothing is mounted at /Volumes/nas (its folder lies on /): mount it, or declare / instead',
    ],
    [
      'is not there',
      said('', { exitCode: 1, stderr: 'df: /Volumes/nas: No such file or directory\n' }),
      'disk /Volumes/nas is not there',
    ],
    ['is told in other words', said('hello\n'), 'disk /Volumes/nas is not understood: hello'],
  ])('of which one disk %s is degraded, and names it', async (_title, answer, words) => {
    const nas = exec(['/bin/df', '-kP', '/Volumes/nas'], answer);
    const result = await look({
      kind: 'host',
      spec: { disks: ['/', '/Volumes/nas'] },
      platform: 'darwin',
      calls: [...calls(sysctl), nas],
    });
    expect(verdictOf(result)).toBe(`degraded: ${words}`);
    expect(result.facts['disks']).toHaveLength(1);
  });
});
