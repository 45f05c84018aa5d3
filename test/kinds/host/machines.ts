import { readFileSync } from 'node:fs';
import type { Framed } from '../shell-answer.ts';
import { nowMs } from '../strict-transports.ts';

const vmStat = readFileSync(
  new URL('../../fixtures/macos/vm_stat-intel-4096.txt', import.meta.url),
  'utf8',
);

const clock: Framed = ['clock', `${Math.floor(nowMs / 1000)}\n`];

/** Ubuntu 24.04 on a machine of 16 GB. */
export const ubuntu: readonly Framed[] = [
  ['system', 'Linux\n'],
  [
    'meminfo',
    'MemTotal:       16280320 kB\nMemFree:         1034112 kB\nMemAvailable:   11534336 kB\nBuffers:          412160 kB\nCached:          9830400 kB\nSwapTotal:       4194300 kB\nSwapFree:        4143100 kB\n',
  ],
  ['cpus', '8\n'],
  ['loadavg', '0.42 0.35 0.30 2/412 20817\n'],
  ['uptime', '1641600.42 12894620.10\n'],
  clock,
  ['kernel', 'Linux 6.8.0-53-generic\n'],
  ['release', 'PRETTY_NAME="Ubuntu 24.04.2 LTS"\nNAME="Ubuntu"\nVERSION_ID="24.04"\n'],
  [
    'pressure',
    'some avg10=0.00 avg60=0.00 avg300=0.00 total=81233\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=60121\n',
  ],
  [
    'mdstat',
    'Personalities : [raid0] [raid1] [raid6] [raid5] [raid4] [raid10] \nunused devices: <none>\n',
  ],
  [
    'disk-1',
    'Filesystem                        1024-blocks      Used Available Capacity Mounted on\n/dev/mapper/ubuntu--vg-ubuntu--lv   309506048  81788928 211922944      28% /',
  ],
];

/** An ASUSTOR of eight disks: BusyBox, no release file, no pressure information. */
export const asustor: readonly Framed[] = [
  ['system', 'Linux\n'],
  [
    'meminfo',
    'MemTotal:        8049200 kB\nMemFree:          412400 kB\nMemAvailable:    5872000 kB\nBuffers:          310200 kB\nCached:          5120400 kB\nSwapTotal:       2094076 kB\nSwapFree:        2094076 kB\n',
  ],
  ['cpus', '4\n'],
  ['loadavg', '1.10 1.04 1.01 1/388 9121\n'],
  ['uptime', '3456000.12 12994620.10\n'],
  clock,
  ['kernel', 'Linux 6.6.7\n'],
  ['pressure', 'cat: /proc/pressure/memory: Operation not supported\n', 1],
  [
    'mdstat',
    'Personalities : [raid1] [raid6] [raid5] [raid4] \nmd2 : active raid1 nvme0n1p4[0] nvme1n1p4[1]\n      1948663808 blocks super 1.2 [2/2] [UU]\n      \nmd1 : active raid5 sda4[0] sdh4[7] sdg4[6] sdf4[5] sde4[4] sdd4[3] sdc4[2] sdb4[1]\n      68719476736 blocks super 1.2 level 5, 64k chunk, algorithm 2 [8/8] [UUUUUUUU]\n      \nunused devices: <none>\n',
  ],
  [
    'disk-2',
    'Filesystem           1024-blocks    Used Available Capacity Mounted on\n/dev/md2             1932735283  96636764 1836098519   5% /volume2',
  ],
  [
    'disk-1',
    'Filesystem           1024-blocks    Used Available Capacity Mounted on\n/dev/md1             68719476736 7516192768 61203283968  11% /volume1',
  ],
];

/** A Mac mini behind ssh. */
export const mac: readonly Framed[] = [
  ['system', 'Darwin\n'],
  [
    'sysctl',
    `hw.memsize: 68719476736\nhw.ncpu: 14\nhw.model: Mac16,11\nkern.boottime: { sec = ${nowMs / 1000 - 3600}, usec = 0 } Wed Feb 18 08:00:00 2026\nkern.memorystatus_vm_pressure_level: 1\nvm.loadavg: { 2.61 2.10 1.98 }\nvm.swapusage: total = 0.00M  used = 0.00M  free = 0.00M  (encrypted)\n`,
  ],
  clock,
  ['memory', vmStat],
  ['version', '26.3\n'],
  [
    'disk-1',
    'Filesystem   1024-blocks      Used Available Capacity  Mounted on\n/dev/disk3s5   971350180   3145728 955621540     1%    /System/Volumes/Data',
  ],
];

/** The same machine with one section in other words, or without it. */
export function but(
  machine: readonly Framed[],
  id: string,
  more: { readonly text?: string; readonly exitCode?: number } | null,
): readonly Framed[] {
  return machine.flatMap((section): readonly Framed[] => {
    if (section[0] !== id) return [section];
    return more === null ? [] : [[id, more.text ?? section[1], more.exitCode ?? 0]];
  });
}
