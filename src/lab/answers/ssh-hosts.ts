import { linuxHost } from './linux-host.ts';

const gib = 1024 * 1024;
const tib = 1024 * gib;

/** clanker-001: Ubuntu on 16 GB and one disk. */
export const clanker = linuxHost({
  release: 'Ubuntu 24.04.3 LTS',
  cpus: 8,
  memory: { total: 16_303_412, available: 11_824_756 },
  disks: { '/': { device: '/dev/sda2', size: 309 * gib, used: 121 * gib } },
  mdstat: null,
  upDays: 87,
});

/** Both arrays of the NAS whole: eight disks in RAID 5, two NVMe in RAID 1. */
const mdstat = `Personalities : [raid1] [raid6] [raid5] [raid4]
md2 : active raid1 nvme0n1p4[0] nvme1n1p4[1]
      1933498368 blocks super 1.2 [2/2] [UU]

md1 : active raid5 sda4[0] sdh4[7] sdg4[6] sdf4[5] sde4[4] sdd4[3] sdc4[2] sdb4[1]
      68345053184 blocks super 1.2 level 5, 64k chunk, algorithm 2 [8/8] [UUUUUUUU]

unused devices: <none>`;

/** three-body: a NAS with BusyBox. */
export const threeBody = linuxHost({
  release: 'ASUSTOR ADM 5.1',
  cpus: 4,
  memory: { total: 8_013_872, available: 5_230_100 },
  disks: {
    '/volume1': { device: '/dev/md1', size: 64 * tib, used: 7 * tib },
    '/volume2': { device: '/dev/md2', size: 1_879_048_192, used: 429_496_729 },
  },
  mdstat,
  upDays: 41,
});

/** A machine among a hundred like it. */
export const oneOfMany = linuxHost({
  release: 'Debian GNU/Linux 12 (bookworm)',
  cpus: 4,
  memory: { total: 8_148_416, available: 6_003_120 },
  disks: { '/': { device: '/dev/vda1', size: 80 * gib, used: 22 * gib } },
  mdstat: null,
  upDays: 12,
});
