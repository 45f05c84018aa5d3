import type { Moment, Program } from '../site.ts';

/** It had run for 12 days when the lab began. */
const uptimeBeforeMs = 12 * 86_400_000;

/** A Mac mini M4 Pro with 64 GB: the programs that tell of it, by their path. */
export const macPrograms: Readonly<Record<string, Program>> = {
  '/usr/sbin/sysctl': sysctl,
  '/usr/bin/vm_stat': (args) => (args.length === 0 ? vmStat : null),
  '/bin/df': df,
  '/usr/bin/sw_vers': (args) => (args.join(' ') === '-productVersion' ? '26.3\n' : null),
};

/** sysctl(8) without -n: `key: value`, in the order asked for. */
function sysctl(keys: readonly string[], moment: Moment): string | null {
  const values = new Map([
    ['hw.memsize', '68719476736'],
    ['hw.ncpu', '14'],
    ['hw.model', 'Mac16,11'],
    ['kern.boottime', bootTime(moment)],
    ['kern.memorystatus_vm_pressure_level', '1'],
    ['vm.loadavg', '{ 2.61 2.10 1.98 }'],
    ['vm.swapusage', 'total = 0.00M  used = 0.00M  free = 0.00M  (encrypted)'],
  ]);
  if (keys.length === 0 || !keys.every((key) => values.has(key))) return null;
  return keys.map((key) => `${key}: ${values.get(key)}\n`).join('');
}

/** `{ sec = 1771290000, usec = 0 } Tue Feb 17 01:00:00 2026`, the date in UTC here. */
function bootTime({ startMs }: Moment): string {
  const boot = new Date(startMs - uptimeBeforeMs);
  const [weekday = '', day, month, year, time] = boot.toUTCString().replace(',', '').split(' ');
  const seconds = Math.floor(boot.getTime() / 1000);
  return `{ sec = ${seconds}, usec = 0 } ${weekday} ${month} ${day} ${time} ${year}`;
}

/**
 * vm_stat(1) on Apple Silicon. As Activity Monitor counts: (98000 − 2000 + 40000 + 1626) pages of
 * 16384 bytes = 2.1 GiB in use.
 */
const vmStat = `Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                             3875678.
Pages active:                             95000.
Pages inactive:                          150000.
Pages speculative:                        30000.
Pages throttled:                              0.
Pages wired down:                         40000.
Pages purgeable:                           2000.
"Translation faults":                  11477162.
Pages copy-on-write:                     356264.
Pages zero filled:                      7628050.
Pages reactivated:                         9561.
Pages purged:                              1423.
File-backed pages:                       177000.
Anonymous pages:                          98000.
Pages stored in compressor:                4210.
Pages occupied by compressor:              1626.
Decompressions:                             318.
Compressions:                              4528.
Pageins:                                 280307.
Pageouts:                                     0.
Swapins:                                      0.
Swapouts:                                     0.
`;

/** Volumes of one APFS container: the same size and space for each (1024-byte blocks). */
const volumes: Readonly<Record<string, string>> = {
  '/': '/dev/disk3s1s1   971350180  11534336 955621540     2%    /',
  '/System/Volumes/Data':
    '/dev/disk3s5     971350180   3145728 955621540     1%    /System/Volumes/Data',
};

/** `df -kP MOUNT…`: 926 GiB, of which 15 are not available. */
function df([flags, ...mounts]: readonly string[]): string | null {
  const rows = mounts.map((mount) => volumes[mount]);
  if (flags !== '-kP' || rows.length === 0 || rows.includes(undefined)) return null;
  return `Filesystem     1024-blocks      Used Available Capacity  Mounted on\n${rows.join('\n')}\n`;
}
