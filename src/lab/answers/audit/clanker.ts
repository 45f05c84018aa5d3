import type { Moment } from '../../site.ts';
import { network } from './clanker-network.ts';
import { processes } from './clanker-processes.ts';
import { clankerUnits } from './clanker-units.ts';
import { absent, type Frame, files, told } from './frames.ts';
import type { LabAudit } from './host.ts';

const upDays = 87;

/** clanker-001: Ubuntu 24.04 on a small tower. */
export const clankerAudit: LabAudit = {
  pages: { program: 'curl', host: 'clanker-001' },
  first: (moment) => [
    ...identity(moment),
    ...hardware,
    ...network(moment),
    ...clankerUnits(),
    ...schedules,
    ...updates,
    ...logins,
    ...processes(moment),
  ],
  last: [
    told('mounts', '/dev/sda2 / ext4 rw,relatime 0 0\ntmpfs /run tmpfs rw,nosuid,nodev 0 0'),
    told(
      'space',
      'Filesystem     Type 1024-blocks      Used Available Capacity Mounted on\n/dev/sda2      ext4 324009984 126877696 197132288      40% /',
    ),
    told(
      'inodes',
      'Filesystem       Inodes  IUsed    IFree IUse% Mounted on\n/dev/sda2      20643840 412310 20231530    2% /',
    ),
  ],
};

function identity({ nowMs, startMs }: Moment): readonly Frame[] {
  const up = upDays * 86_400 + (nowMs - startMs) / 1000;
  return [
    told(
      'os-release',
      'PRETTY_NAME="Ubuntu 24.04.3 LTS"\nNAME="Ubuntu"\nVERSION_ID="24.04"\nID=ubuntu\nID_LIKE=debian',
    ),
    told('uname', 'Linux 6.8.0-71-generic x86_64'),
    told('hostname', 'clanker-001'),
    told('machine-id', 'b0a1d6c94be94c1e8f0d3a5c7e9b2d4f'),
    told('vendor', 'LENOVO'),
    told('product', '30E0S1VK00'),
    told('virtualization', 'none', { exitCode: 1 }),
    told('init', 'systemd'),
    told('clock', String(Math.floor(nowMs / 1000))),
    told('uptime', `${up.toFixed(2)} ${(up * 7.6).toFixed(2)}`),
    told('id', 'uid=1000(joel) gid=1000(joel) groups=1000(joel),4(adm),27(sudo)'),
  ];
}

const hardware: readonly Frame[] = [
  told('cpu', 'model name\t: Intel(R) Core(TM) i7-10700 CPU @ 2.90GHz'),
  told('cpus', '8'),
  told(
    'meminfo',
    'MemTotal:       16303412 kB\nMemFree:         5912378 kB\nMemAvailable:   11824756 kB\nSwapTotal:       2097148 kB\nSwapFree:        2097148 kB',
  ),
  files('disks', {
    '/sys/block/sda/size': '1000215216',
    '/sys/block/sda/queue/rotational': '0',
    '/sys/block/sda/device/model': 'SAMSUNG MZ7LH512',
  }),
  files('buses', {
    '/sys/bus/pci/devices/0000:01:00.0/class': '0x030000',
    '/sys/bus/pci/devices/0000:01:00.0/vendor': '0x10de',
    '/sys/bus/pci/devices/0000:01:00.0/device': '0x1f82',
  }),
];

const schedules: readonly Frame[] = [
  told('crontab', '', { exitCode: 1, words: 'no crontab for joel' }),
  files('crontabs', {
    '/etc/crontab': '17 *\t* * *\troot\tcd / && run-parts --report /etc/cron.hourly',
    '/etc/cron.d/e2scrub_all':
      '30 3 * * 0 root test -e /run/systemd/system || /sbin/e2scrub_all_cron',
  }),
  told('legacy', '/etc/init.d/cron\n/etc/init.d/ssh'),
  absent('supervisor', '/etc/supervisor/conf.d/*.conf'),
  absent('docker', '/var/run/docker.sock'),
];

const updates: readonly Frame[] = [
  told('reboot-required', '/run/reboot-required\n/var/run/reboot-required'),
  told('kernels', '6.8.0-71-generic\n6.8.0-79-generic'),
  files('updates-available', {
    '/var/lib/update-notifier/updates-available': '34 updates can be applied immediately.',
  }),
  files('automatic-updates', {
    '/etc/apt/apt.conf.d/20auto-upgrades':
      'APT::Periodic::Update-Package-Lists "1";\nAPT::Periodic::Unattended-Upgrade "1";',
  }),
  told('time-synchronized', '/run/systemd/timesync/synchronized'),
];

const logins: readonly Frame[] = [
  told(
    'passwd',
    'root:x:0:0:root:/root:/bin/bash\njoel:x:1000:1000:Joel:/home/joel:/bin/bash\nollama:x:997:997::/usr/share/ollama:/bin/false',
  ),
  told('admins', 'sudo:x:27:joel'),
  files('sshd', {
    '/etc/ssh/sshd_config':
      'Include /etc/ssh/sshd_config.d/*.conf\nKbdInteractiveAuthentication no',
    '/etc/ssh/sshd_config.d/50-cloud-init.conf': 'PasswordAuthentication yes',
  }),
  told('keys-joel', '256 SHA256:u7n2bTq4yR0cJmWk9aXvE1oLd5sGzP3hKfVi8QeTnYM joel@panda (ED25519)'),
];
