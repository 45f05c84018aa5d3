import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { ObserveContext } from '../contract.ts';
import { notMounted, sortDisks } from './df.ts';
import type { DiskFacts, Disks, MachineFacts, UnseenDisk } from './facts.ts';
import { parseMdstat } from './mdstat.ts';

/** What the kernel tells of a machine; null for what it does not have. */
export interface LinuxTexts {
  readonly meminfo: string;
  readonly cpus: number;
  readonly loadavg: string;
  readonly uptime: string;
  readonly release: string | null;
  /** `uname -sr`, for a system without a release file. */
  readonly kernel: string;
  readonly pressure: string | null;
  readonly mdstat: string | null;
}

/** Reads /proc and asks the file systems: no process is started. */
export async function observeLinux(
  disks: readonly string[],
  context: ObserveContext,
): Promise<MachineFacts & Disks> {
  const { host, transports, options } = context;
  const read = (path: string): Promise<string> => transports.readFile(host, path, options);
  const [meminfo, stat, loadavg, uptime, release, pressure, mdstat, ...seen] = await Promise.all([
    read('/proc/meminfo'),
    read('/proc/stat'),
    read('/proc/loadavg'),
    read('/proc/uptime'),
    optional(read('/etc/os-release')),
    optional(read('/proc/pressure/memory')),
    optional(read('/proc/mdstat')),
    ...disks.map((mount) => diskHere(mount, context)),
  ]);
  const cpus = stat.match(/^cpu\d+ /gm)?.length ?? 0;
  const texts = { meminfo, cpus, loadavg, uptime, release, kernel: 'Linux', pressure, mdstat };
  return { ...linuxFacts(texts), ...sortDisks(seen) };
}

/** A kernel without pressure information or RAID (or a container) has no such file. */
async function optional(text: Promise<string>): Promise<string | null> {
  return text.catch((error: unknown) => {
    if (error instanceof FaultError && error.fault.code !== 'aborted') return null;
    throw error;
  });
}

/** One file system in trouble is no trouble of the machine. */
async function diskHere(
  mount: string,
  { host, transports, options }: ObserveContext,
): Promise<DiskFacts | UnseenDisk> {
  return transports.diskUsage(host, mount, options).then(
    ({ liesOn, ...usage }) => (liesOn === null ? { mount, ...usage } : notMounted(mount, liesOn)),
    (error: unknown) => {
      if (!(error instanceof FaultError) || error.fault.code === 'aborted') throw error;
      const { code, message } = error.fault;
      return { mount, why: code === 'timeout' ? 'does not answer' : `is not seen: ${message}` };
    },
  );
}

/** Reads what the kernel tells. What is there and not understood is the fault `protocol`. */
export function linuxFacts(texts: LinuxTexts): MachineFacts {
  const { meminfo, cpus, loadavg, uptime, release, kernel, pressure, mdstat } = texts;
  return {
    os: osName(release) ?? kernel.trim(),
    model: null,
    cpus,
    load1: firstNumber(loadavg, '/proc/loadavg'),
    memory: { ...memoryOf(meminfo), pressure: null, stalledPercent: stalledPercentOf(pressure) },
    uptimeSeconds: Math.floor(firstNumber(uptime, '/proc/uptime')),
    arrays: mdstat === null ? [] : parseMdstat(mdstat),
  };
}

function firstNumber(text: string, path: string): number {
  const number = /^\d+(?:\.\d+)?(?=\s)/.exec(text)?.[0];
  if (number !== undefined) return Number(number);
  throw new FaultError(faultOf('protocol', `${path} begins with no number`));
}

/**
 * proc_meminfo(5): kB. Used is what is not available, as free(1) has it since procps 4. Kernels
 * before 3.14 do not say what is available: what is free and what is cached comes near it.
 */
export function memoryOf(
  meminfo: string,
): Omit<MachineFacts['memory'], 'pressure' | 'stalledPercent'> {
  const kilobytes = new Map(
    [...meminfo.matchAll(/^(\w+):\s+(\d+) kB$/gm)].map(([, key, value]) => [key, Number(value)]),
  );
  const bytes = (key: string): number => (kilobytes.get(key) ?? 0) * 1024;
  const totalBytes = bytes('MemTotal');
  if (totalBytes === 0)
    throw new FaultError(faultOf('protocol', '/proc/meminfo holds no MemTotal'));
  if (!kilobytes.has('MemFree') && !kilobytes.has('MemAvailable'))
    throw new FaultError(faultOf('protocol', '/proc/meminfo does not say what is free'));
  const availableBytes = kilobytes.has('MemAvailable')
    ? bytes('MemAvailable')
    : bytes('MemFree') + bytes('Buffers') + bytes('Cached');
  const usedBytes = totalBytes - availableBytes;
  const swapUsedBytes = bytes('SwapTotal') - bytes('SwapFree');
  return { usedBytes, availableBytes, totalBytes, swapUsedBytes };
}

/** Pressure stall information (proc_pressure): `full avg60=1.50`. */
export function stalledPercentOf(text: string | null): number | null {
  const full = /^full .*avg60=([\d.]+)/m.exec(text ?? '')?.[1];
  return full === undefined ? null : Number(full);
}

/** os-release(5). */
function osName(release: string | null): string | null {
  return /^PRETTY_NAME=["']?([^"'\n]+)["']?$/m.exec(release ?? '')?.[1] ?? null;
}
