import type { Moment } from '../../site.ts';
import { absent, type Frame, files, missing, told } from './frames.ts';
import type { LabAudit } from './host.ts';

const upDays = 41;

/** three-body: a NAS with BusyBox, without systemd, without ss, whose user may see little. */
export const nasAudit: LabAudit = {
  pages: { program: 'wget', host: 'three-body' },
  first: (moment) => [
    ...identity(moment),
    told('cpu', 'model name\t: Intel(R) Celeron(R) N5105 @ 2.00GHz'),
    told('cpus', '4'),
    told(
      'meminfo',
      'MemTotal:        8013872 kB\nMemFree:         2615050 kB\nMemAvailable:    5230100 kB\nSwapTotal:             0 kB\nSwapFree:              0 kB',
    ),
    files('disks', disks()),
    ...network,
    ...['systemd', 'services', 'unit-files', 'timers', 'failed'].map((id) =>
      missing(id, 'systemctl'),
    ),
    absent('user-services', '/run/user/1000/systemd/private'),
    told('linger', '', {
      exitCode: 1,
      words: 'ls: /var/lib/systemd/linger: No such file or directory',
    }),
    absent('logind', '/etc/systemd/logind.conf'),
    told('crontab', '', {
      exitCode: 1,
      words: "crontab: can't open 'joel': No such file or directory",
    }),
    files('crontabs', { '/etc/crontab': '0 3 * * * root /usr/builtin/sbin/scrub' }),
    told('legacy', '/etc/init.d/rcS'),
    absent('supervisor', '/etc/supervisor/conf.d/*.conf'),
    absent('docker', '/var/run/docker.sock'),
    told('reboot-required', '', {
      exitCode: 1,
      words: 'ls: /run/reboot-required: No such file or directory',
    }),
    told('kernels', '6.6.51-asustor'),
    absent('updates-available', '/var/lib/update-notifier/updates-available'),
    absent('automatic-updates', '/etc/apt/apt.conf.d/20auto-upgrades'),
    told('time-synchronized', '', { exitCode: 1 }),
    told('passwd', 'root:x:0:0:root:/root:/bin/sh\njoel:x:1000:100:Joel:/home/joel:/bin/sh'),
    told('admins', '', { exitCode: 1 }),
    told('sshd', '', { exitCode: 2, words: 'grep: /etc/ssh/sshd_config: Permission denied' }),
    files('names', { '/proc/1/comm': 'init', '/proc/744/comm': 'sshd', '/proc/902/comm': 'smbd' }),
  ],
  last: [
    told(
      'mounts',
      '/dev/md1 /volume1 ext4 rw,relatime 0 0\n/dev/md2 /volume2 ext4 rw,relatime 0 0',
    ),
    told(
      'space',
      [
        'Filesystem           Type       1024-blocks    Used Available Capacity Mounted on',
        '/dev/md1             ext4       68719476736 7516192768 61203283968  11% /volume1',
        '/dev/md2             ext4       1879048192 429496729 1449551463  23% /volume2',
      ].join('\n'),
    ),
    told(
      'inodes',
      [
        'Filesystem              Inodes      Used Available Capacity Mounted on',
        '/dev/md1             2147483648    812345 2146671303   0% /volume1',
        '/dev/md2             117440512     40211 117400301   0% /volume2',
      ].join('\n'),
    ),
  ],
};

function identity({ nowMs, startMs }: Moment): readonly Frame[] {
  const up = upDays * 86_400 + (nowMs - startMs) / 1000;
  return [
    told('os-release', 'NAME="ASUSTOR ADM"\nID=adm\nPRETTY_NAME="ASUSTOR ADM 5.1"'),
    told('uname', 'Linux 6.6.51-asustor x86_64'),
    told('hostname', 'three-body'),
    absent('machine-id', '/etc/machine-id'),
    told('vendor', 'ASUSTOR Inc.'),
    told('product', 'AS6708T'),
    missing('virtualization', 'systemd-detect-virt'),
    told('init', 'init'),
    told('clock', String(Math.floor(nowMs / 1000))),
    told('uptime', `${up.toFixed(2)} ${(up * 3.7).toFixed(2)}`),
    told('id', 'uid=1000(joel) gid=100(users) groups=100(users)'),
  ];
}

/** Eight of 10 TB and two NVMe. */
function disks(): Readonly<Record<string, string>> {
  const spinning = [...'abcdefgh'].flatMap((letter) => [
    [`/sys/block/sd${letter}/size`, '19532873728'],
    [`/sys/block/sd${letter}/queue/rotational`, '1'],
    [`/sys/block/sd${letter}/device/model`, 'ST10000VN000'],
  ]);
  const flash = ['nvme0n1', 'nvme1n1'].flatMap((name) => [
    [`/sys/block/${name}/size`, '3907029168'],
    [`/sys/block/${name}/queue/rotational`, '0'],
  ]);
  return Object.fromEntries([...spinning, ...flash]);
}

const network: readonly Frame[] = [
  told(
    'addresses',
    '1: lo    inet 127.0.0.1/8 scope host lo\n2: eth0    inet 192.168.1.20/24 brd 192.168.1.255 scope global eth0',
  ),
  told(
    'netstat',
    [
      'Active Internet connections (only servers)',
      'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name',
      'tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      -',
      'tcp        0      0 0.0.0.0:445             0.0.0.0:*               LISTEN      -',
      'tcp        0      0 0.0.0.0:8000            0.0.0.0:*               LISTEN      -',
    ].join('\n'),
    { words: "netstat: can't scan /proc - are you root?" },
  ),
  files('sockets', {
    '/proc/net/tcp':
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n   0: 00000000:0016 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 9121 1',
  }),
  absent('ufw', '/etc/ufw/ufw.conf'),
];
