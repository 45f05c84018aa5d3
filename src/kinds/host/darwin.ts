import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { ObserveContext } from '../contract.ts';
import { dfRows, diskSeen, mountName, sortDisks } from './df.ts';
import type { DiskFacts, Disks, MachineFacts, Pressure, UnseenDisk } from './facts.ts';

/** Each is told as `key: value`. */
export const sysctlKeys = [
  'hw.memsize',
  'hw.ncpu',
  'hw.model',
  'kern.boottime',
  'kern.memorystatus_vm_pressure_level',
  'vm.loadavg',
  'vm.swapusage',
] as const;

/** `/` is the sealed system snapshot, so its own figures lie; the Data volume has the user's bytes. */
const dataVolume = '/System/Volumes/Data';

/** What the programs of a Mac say. */
export interface DarwinTexts {
  readonly sysctl: string;
  readonly vmStat: string;
  readonly version: string;
}

/** Short programs, as macOS has no files to read: sysctl, vm_stat, sw_vers, and df for each disk. */
export async function observeDarwin(
  disks: readonly string[],
  context: ObserveContext,
): Promise<MachineFacts & Disks> {
  const { host, transports, options } = context;
  const run = async (...argv: [string, ...string[]]): Promise<string> => {
    const { exitCode, stdout, stderr } = await transports.exec({ on: host, argv }, options);
    if (exitCode === 0) return stdout;
    throw new FaultError(
      faultOf('protocol', `${argv[0]} ended with ${exitCode}: ${stderr.trim()}`),
    );
  };
  const [sysctl, vmStat, version, ...seen] = await Promise.all([
    run('/usr/sbin/sysctl', ...sysctlKeys),
    run('/usr/bin/vm_stat'),
    run('/usr/bin/sw_vers', '-productVersion'),
    ...disks.map((mount) => diskHere(mount, context)),
  ]);
  const nowMs = transports.clock.now();
  return { ...darwinFacts({ sysctl, vmStat, version }, nowMs), ...sortDisks(seen) };
}

/** A mount that hangs keeps its own df, and nothing else, until the deadline. */
async function diskHere(
  mount: string,
  { host, transports, options }: ObserveContext,
): Promise<DiskFacts | UnseenDisk> {
  const argv = ['/bin/df', '-kP', mount === '/' ? dataVolume : mount] as const;
  return transports.exec({ on: host, argv }, options).then(
    ({ exitCode, stdout, stderr }) =>
      diskSeen(mount, { text: stdout + stderr, exitCode: exitCode ?? 137 }, diskOf),
    (error: unknown) => {
      if (!(error instanceof FaultError) || error.fault.code !== 'timeout') throw error;
      return { mount, why: 'does not answer' };
    },
  );
}

/** Reads what the programs say; the uptime is counted to `nowMs`. */
export function darwinFacts({ sysctl, vmStat, version }: DarwinTexts, nowMs: number): MachineFacts {
  const kernel = parseSysctl(sysctl);
  return {
    os: `macOS ${version.trim()}`,
    model: kernel.get('hw.model') ?? null,
    cpus: numberOf(kernel, 'hw.ncpu'),
    load1: Number(/[\d.]+/.exec(kernel.get('vm.loadavg') ?? '')?.[0] ?? 0),
    memory: memoryOf(kernel, vmStat),
    uptimeSeconds: uptimeOf(kernel, nowMs),
    arrays: [],
  };
}

/** `key: value` lines. */
function parseSysctl(text: string): ReadonlyMap<string, string> {
  return new Map(
    [...text.matchAll(/^([\w.]+): (.*)$/gm)].map(([, key = '', value = '']) => [key, value]),
  );
}

/**
 * Used as Activity Monitor counts it: (anonymous − purgeable + wired + compressed) pages. The page
 * size is in vm_stat's own first line: 16384 on Apple Silicon, 4096 on Intel.
 */
export function memoryOf(
  kernel: ReadonlyMap<string, string>,
  vmStat: string,
): MachineFacts['memory'] {
  const pageBytes = Number(/page size of (\d+) bytes/.exec(vmStat)?.[1] ?? 0);
  if (pageBytes === 0) throw new FaultError(faultOf('protocol', 'vm_stat names no page size'));
  const pages = new Map(
    [...vmStat.matchAll(/^"?([^":]+)"?:\s+(\d+)\.$/gm)].map(([, label, n]) => [label, Number(n)]),
  );
  const bytes = (label: string): number => (pages.get(label) ?? 0) * pageBytes;
  const totalBytes = numberOf(kernel, 'hw.memsize');
  const used =
    bytes('Anonymous pages') -
    bytes('Pages purgeable') +
    bytes('Pages wired down') +
    bytes('Pages occupied by compressor');
  const usedBytes = Math.min(Math.max(used, 0), totalBytes);
  const availableBytes = totalBytes - usedBytes;
  return { usedBytes, availableBytes, totalBytes, stalledPercent: null, ...strainOf(kernel) };
}

/** Pressure: 1 normal, 2 warn, 4 critical. Swap: `total = 4096.00M  used = 1536.50M …`. */
function strainOf(
  kernel: ReadonlyMap<string, string>,
): Pick<MachineFacts['memory'], 'pressure' | 'swapUsedBytes'> {
  const words: Readonly<Record<string, Pressure>> = { '1': 'normal', '2': 'warn', '4': 'critical' };
  const pressure = words[kernel.get('kern.memorystatus_vm_pressure_level') ?? ''] ?? null;
  const swap = /used = ([\d.]+)M/.exec(kernel.get('vm.swapusage') ?? '')?.[1] ?? '0';
  return { pressure, swapUsedBytes: Math.round(Number(swap) * 1024 * 1024) };
}

/** APFS volumes share their container's space, so used is what is not available. */
export function diskOf(df: string, mount: string): DiskFacts | null {
  const rows = dfRows(df);
  const target = mount === '/' ? dataVolume : mountName(mount);
  const row = rows.find((one) => one.mount === target) ?? (mount === '/' ? rows[0] : undefined);
  if (!row) return null;
  const { sizeBytes, availableBytes } = row;
  return { mount, usedBytes: sizeBytes - availableBytes, availableBytes, sizeBytes };
}

/** `{ sec = 1771290000, usec = 0 } Tue …` */
function uptimeOf(kernel: ReadonlyMap<string, string>, nowMs: number): number {
  const bootSeconds = Number(
    /sec = (\d+)/.exec(kernel.get('kern.boottime') ?? '')?.[1] ?? Number.NaN,
  );
  if (Number.isNaN(bootSeconds))
    throw new FaultError(faultOf('protocol', 'sysctl names no boot time'));
  return Math.max(0, Math.floor(nowMs / 1000) - bootSeconds);
}

function numberOf(kernel: ReadonlyMap<string, string>, key: string): number {
  const value = Number(kernel.get(key) ?? Number.NaN);
  if (Number.isFinite(value)) return value;
  throw new FaultError(faultOf('protocol', `sysctl names no ${key}`));
}
