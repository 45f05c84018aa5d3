import type { Moment, Program } from '../site.ts';

/** A Linux machine behind ssh. Sizes in KiB; `disks` by mount point. */
export interface LinuxHost {
  readonly release: string;
  readonly cpus: number;
  readonly memory: { readonly total: number; readonly available: number };
  readonly disks: Readonly<
    Record<string, { readonly device: string; readonly size: number; readonly used: number }>
  >;
  readonly mdstat: string | null;
  /** How long it had run when the lab began. */
  readonly upDays: number;
}

const dayMs = 86_400_000;

/** `/bin/sh -s -- SECONDS MOUNT…` with the script that asks a machine for all of itself, as it answers. */
export function linuxHost(host: LinuxHost): Program {
  return ([flag, dashes, seconds = '', ...mounts], moment) =>
    flag === '-s' && dashes === '--' && /^\d+$/.test(seconds) ? answer(host, mounts, moment) : null;
}

function answer(host: LinuxHost, mounts: readonly string[], moment: Moment): string {
  const { release, cpus, memory, mdstat, upDays } = host;
  const upSeconds = (upDays * dayMs + moment.nowMs - moment.startMs) / 1000;
  return [
    '\n',
    section('system', 'Linux'),
    section('meminfo', meminfo(memory)),
    section('cpus', String(cpus)),
    section('loadavg', '0.31 0.27 0.22 1/412 20713'),
    section('uptime', `${upSeconds.toFixed(2)} ${(upSeconds * cpus).toFixed(2)}`),
    section('clock', String(Math.floor(moment.nowMs / 1000))),
    section('kernel', 'Linux 6.8.0-71-generic'),
    section('release', `PRETTY_NAME="${release}"`),
    ...(mdstat === null ? [] : [section('mdstat', mdstat)]),
    ...mounts.map((mount, index) => disk(host, `disk-${index + 1}`, mount)),
    '@@DONE\n',
  ].join('');
}

function section(name: string, text: string, exitCode = 0): string {
  return `@@BEGIN ${name}\n${text}\n\n@@END ${name} ${exitCode}\n`;
}

function disk({ disks }: LinuxHost, name: string, mount: string): string {
  const found = disks[mount];
  if (!found) return section(name, `df: ${mount}: No such file or directory`, 1);
  const { device, size, used } = found;
  const percent = Math.ceil((100 * used) / size);
  return section(
    name,
    `Filesystem     1024-blocks      Used Available Capacity Mounted on\n${device} ${size} ${used} ${size - used} ${percent}% ${mount}`,
  );
}

function meminfo({ total, available }: LinuxHost['memory']): string {
  const rows = { MemTotal: total, MemFree: Math.round(available / 2), MemAvailable: available };
  return Object.entries({ ...rows, SwapTotal: 0, SwapFree: 0 })
    .map(([key, value]) => `${`${key}:`.padEnd(16)}${String(value).padStart(8)} kB`)
    .join('\n');
}
