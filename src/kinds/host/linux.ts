import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import type { ObserveContext } from '../contract.ts';
import type { HostFacts } from './facts.ts';

/** Reads /proc and asks the file systems: no process is started. */
export async function observeLinux(
  disks: readonly string[],
  { host, transports, options }: ObserveContext,
): Promise<HostFacts> {
  const read = (path: string): Promise<string> => transports.readFile(host, path, options);
  const [meminfo, cpuinfo, loadavg, uptime, release, pressure, ...usages] = await Promise.all([
    read('/proc/meminfo'),
    read('/proc/stat'),
    read('/proc/loadavg'),
    read('/proc/uptime'),
    read('/etc/os-release'),
    optional(read('/proc/pressure/memory')),
    ...disks.map((mount) => transports.diskUsage(host, mount, options)),
  ]);
  return {
    os: osName(release),
    model: null,
    cpus: cpuinfo.match(/^cpu\d+ /gm)?.length ?? 0,
    load1: Number(loadavg.split(' ')[0] ?? 0),
    memory: { ...memoryOf(meminfo), pressure: null, stalledPercent: stalledPercentOf(pressure) },
    disks: usages.map((usage, index) => ({ mount: disks[index] ?? '/', ...usage })),
    uptimeSeconds: Math.floor(Number(uptime.split(' ')[0] ?? 0)),
  };
}

/** A kernel without pressure information (or a container) has no such file. */
async function optional(text: Promise<string>): Promise<string | null> {
  return text.then(
    (value) => value,
    (error: unknown) => {
      if (error instanceof FaultError) return null;
      throw error;
    },
  );
}

/** proc_meminfo(5): kB. Used is what is not available, as free(1) has it since procps 4. */
export function memoryOf(
  meminfo: string,
): Omit<HostFacts['memory'], 'pressure' | 'stalledPercent'> {
  const kilobytes = new Map(
    [...meminfo.matchAll(/^(\w+):\s+(\d+) kB$/gm)].map(([, key, value]) => [key, Number(value)]),
  );
  const totalBytes = (kilobytes.get('MemTotal') ?? 0) * 1024;
  const availableBytes = (kilobytes.get('MemAvailable') ?? 0) * 1024;
  if (totalBytes === 0)
    throw new FaultError(faultOf('protocol', '/proc/meminfo holds no MemTotal'));
  const swap = (kilobytes.get('SwapTotal') ?? 0) - (kilobytes.get('SwapFree') ?? 0);
  const usedBytes = totalBytes - availableBytes;
  return { usedBytes, availableBytes, totalBytes, swapUsedBytes: swap * 1024 };
}

/** Pressure stall information (proc_pressure): `full avg60=1.50`. */
export function stalledPercentOf(text: string | null): number | null {
  const full = /^full .*avg60=([\d.]+)/m.exec(text ?? '')?.[1];
  return full === undefined ? null : Number(full);
}

function osName(release: string): string {
  return /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(release)?.[1] ?? 'Linux';
}
