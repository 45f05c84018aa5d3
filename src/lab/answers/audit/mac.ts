import type { Moment } from '../../site.ts';
import { absent, type Frame, files, missing, told } from './frames.ts';
import type { LabAudit } from './host.ts';

/** panda: macOS has a POSIX shell and none of what Linux tells of itself. */
export const macAudit: LabAudit = {
  pages: { program: 'curl', host: 'localhost' },
  first: (moment) => [
    ...identity(moment),
    ...['cpu', 'cpus'].map((id) =>
      told(id, '', { exitCode: 2, words: 'grep: /proc/cpuinfo: No such file or directory' }),
    ),
    absent('meminfo', '/proc/meminfo'),
    absent('disks', '/sys/block/*/size'),
    absent('buses', '/sys/bus/pci/devices/*/class'),
    missing('addresses', 'ip'),
    missing('listeners', 'ss'),
    absent('sockets', '/proc/net/tcp'),
    absent('ufw', '/etc/ufw/ufw.conf'),
    ...['systemd', 'services', 'unit-files', 'timers', 'failed'].map((id) =>
      missing(id, 'systemctl'),
    ),
    absent('user-services', '/run/user/501/systemd/private'),
    told('linger', '', nowhere('/var/lib/systemd/linger')),
    absent('logind', '/etc/systemd/logind.conf'),
    told('crontab', '', { exitCode: 1, words: 'crontab: no crontab for joel' }),
    absent('crontabs', '/etc/crontab'),
    told('legacy', '', nowhere('/etc/rc.local')),
    absent('supervisor', '/etc/supervisor/conf.d/*.conf'),
    absent('docker', '/var/run/docker.sock'),
    told('reboot-required', '', nowhere('/var/run/reboot-required')),
    told('kernels', '', nowhere('/lib/modules')),
    absent('updates-available', '/var/lib/update-notifier/updates-available'),
    absent('automatic-updates', '/etc/apt/apt.conf.d/20auto-upgrades'),
    told('time-synchronized', '', nowhere('/run/systemd/timesync/synchronized')),
    told('passwd', 'root:*:0:0:System Administrator:/var/root:/bin/sh'),
    told('admins', 'wheel:*:0:root\nadmin:*:80:root'),
    files('sshd', { '/etc/ssh/sshd_config': 'Include /etc/ssh/sshd_config.d/*\nUsePAM yes' }),
    absent('names', '/proc/[0-9]*/comm'),
  ],
  last: [
    absent('mounts', '/proc/mounts'),
    told(
      'space',
      'Filesystem     1024-blocks      Used Available Capacity  Mounted on\n/dev/disk3s1s1   971350180  11534336 955621540     2%    /',
    ),
    told('inodes', '', { exitCode: 0, words: '' }),
  ],
};

function identity({ nowMs }: Moment): readonly Frame[] {
  return [
    absent('os-release', '/etc/os-release'),
    told('uname', 'Darwin 25.3.0 arm64'),
    told('hostname', 'panda'),
    absent('machine-id', '/etc/machine-id'),
    absent('vendor', '/sys/class/dmi/id/sys_vendor'),
    absent('product', '/sys/class/dmi/id/product_name'),
    missing('virtualization', 'systemd-detect-virt'),
    absent('init', '/proc/1/comm'),
    told('clock', String(Math.floor(nowMs / 1000))),
    absent('uptime', '/proc/uptime'),
    told('id', 'uid=501(joel) gid=20(staff) groups=20(staff),80(admin)'),
  ];
}

function nowhere(path: string): { readonly exitCode: number; readonly words: string } {
  return { exitCode: 1, words: `ls: ${path}: No such file or directory` };
}
