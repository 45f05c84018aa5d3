import { describe, expect, it } from 'vitest';
import { addressesOf } from '../../../src/audit/read/addresses.ts';
import { clockOf } from '../../../src/audit/read/clock.ts';
import { containersOf } from '../../../src/audit/read/containers.ts';
import { crontabsOf } from '../../../src/audit/read/crontabs.ts';
import { firewallOf } from '../../../src/audit/read/firewall.ts';
import { hardwareOf } from '../../../src/audit/read/hardware.ts';
import { compareVersions, newestOf } from '../../../src/audit/read/kernel-order.ts';
import { listenersOf } from '../../../src/audit/read/listeners.ts';
import { mountsOf } from '../../../src/audit/read/mounts.ts';
import { readOsRelease } from '../../../src/audit/read/os-release.ts';
import { sshdSettingsOf } from '../../../src/audit/read/sshd-settings.ts';
import { updatesOf } from '../../../src/audit/read/updates.ts';
import { keysOf, usersOf } from '../../../src/audit/read/users.ts';
import { madeAnswers } from '../made-answers.ts';

it.each([
  ['A=plain', 'plain'],
  ['A="two words"', 'two words'],
  ["A='as is \\$x'", 'as is \\$x'],
  ['A="a \\"b\\" \\$c \\\\"', 'a "b" $c \\'],
  ['  A=x  ', 'x'],
  ['A=', ''],
])('os-release: %s is %s', (line, value) => {
  expect(readOsRelease(`# no\n${line}\nbad line\n`).get('A')).toBe(value);
});

it('disks are counted in sectors of 512 bytes, without loops, arrays, drives and memory', () => {
  const names = ['sda', 'loop0', 'ram1', 'zram0', 'nvme0n1', 'sr0', 'dm-0', 'md0', 'mmcblk0boot0'];
  const text = names.map((name) => `/sys/block/${name}/size:2000409264`).join('\n');
  const more = '/sys/block/sda/queue/rotational:1\n/sys/block/sda/device/model:WDC  WD10   ';
  const { disks } = hardwareOf(madeAnswers({ disks: `${text}\n${more}` }));
  expect(disks).toEqual([
    { name: 'nvme0n1', sizeBytes: 1_024_209_543_168, rotational: null, model: null },
    { name: 'sda', sizeBytes: 1_024_209_543_168, rotational: true, model: 'WDC  WD10' },
  ]);
});

it.each([
  ['vda', ''],
  ['xvdb', ''],
  ['sda', 'QEMU HARDDISK'],
  ['sda', 'Virtual disk'],
])('whether %s %s turns is not told by its kernel', (name, model) => {
  const of = `/sys/block/${name}`;
  const disks = `${of}/size:2000409264\n${of}/queue/rotational:1\n${of}/device/model:${model}`;
  expect(hardwareOf(madeAnswers({ disks })).disks).toMatchObject([{ name, rotational: null }]);
});

it('what the bus has of class 03 is a GPU, by its maker where that is known', () => {
  const at = '/sys/bus/pci/devices/0000:0';
  const buses = [
    `${at}1:00.0/class:0x030000\n${at}2:00.0/class:0x030200\n${at}3:00.0/class:0x020000`,
    `${at}1:00.0/vendor:0x10de\n${at}2:00.0/vendor:0x9999\n${at}3:00.0/vendor:0x8086`,
    `${at}1:00.0/device:0x2684\n${at}2:00.0/device:0x0001\n${at}3:00.0/device:0x0002`,
  ].join('\n');
  expect(hardwareOf(madeAnswers({ buses })).gpus).toEqual(['0x9999 0x0001', 'nvidia 0x2684']);
});

it('addresses are those that stay: no temporary one of IPv6', () => {
  const addresses = [
    '2: eth0@if7    inet 10.0.0.2/24 brd 10.0.0.255 scope global eth0\\       valid_lft forever',
    '2: eth0    inet6 fd00::9/64 scope global temporary dynamic \\       valid_lft 86400sec',
    '3: tailscale0    inet 100.64.0.7/32 scope global tailscale0\\       valid_lft forever',
    '4: lo    inet 127.0.0.1 peer 1.2.3.4/32 scope host lo',
    'nonsense',
  ].join('\n');
  expect(
    addressesOf(madeAnswers({ addresses }))?.map((one) => `${one.interface} ${one.address}`),
  ).toEqual(['eth0 10.0.0.2/24', 'lo 127.0.0.1', 'tailscale0 100.64.0.7/32']);
  expect(addressesOf(madeAnswers({ addresses: 'tool-missing' }))).toBeNull();
});

describe('listeners', () => {
  const shown = (made: Parameters<typeof madeAnswers>[0]) =>
    listenersOf(madeAnswers(made))?.map(
      ({ protocol, address, port, pid, program, uid, unit }) =>
        `${protocol} ${address} ${port} ${pid} ${program} ${uid} ${unit}`,
    ) ?? null;

  it('are told by ss, whose names of programs may hold anything', () => {
    const listeners = [
      'LISTEN 0 128 127.0.0.53%lo:53 0.0.0.0:* users:(("systemd-resolve",pid=7,fd=3)) uid:101 ino:1 sk:1 cgroup:/system.slice/systemd-resolved.service <->',
      'LISTEN 0 128 [::1]:5432 [::]:* users:(("a",pid=9,fd=3),("b",pid=8,fd=3)) ino:2 sk:2 cgroup:/user.slice/user-1000.slice/user@1000.service/app.slice/pg.service <->',
      'LISTEN 0 5 *:80 *:* users:(("x cgroup:/evil.service ino:9 uid:5",pid=5,fd=1)) uid:33 ino:3 cgroup:/ <->',
      'LISTEN 0 5 0.0.0.0:81 0.0.0.0:*',
    ].join('\n');
    const datagrams = 'UNCONN 0 0 0.0.0.0%eth0:68 0.0.0.0:* users:(("dhclient",pid=3,fd=7)) ino:4';
    expect(shown({ listeners, datagrams })).toEqual([
      'tcp 127.0.0.53 53 7 systemd-resolve 101 systemd-resolved.service',
      'tcp * 80 5 x cgroup:/evil.service ino:9 uid:5 33 null',
      'tcp 0.0.0.0 81 null null null null',
      'tcp ::1 5432 9 a 0 pg.service',
      'udp 0.0.0.0 68 3 dhclient 0 null',
    ]);
  });

  it('have no owner in a login, which is another one each time', () => {
    const of = (cgroup: string): string | undefined =>
      shown({
        listeners: `LISTEN 0 5 *:80 *:* users:(("x",pid=5,fd=1)) uid:33 ino:3 cgroup:${cgroup}`,
      })
        ?.join()
        .replace(/.* /, '');
    expect(of('/user.slice/user-1000.slice/session-3.scope')).toBe('null');
    expect(of('/user.slice/user-1000.slice/user@1000.service/tmux-spawn-1.scope')).toBe('null');
    expect(of('/user.slice/user-1000.slice/user@1000.service/app.slice/a.service')).toBe(
      'a.service',
    );
    expect(of('/init.scope')).toBe('init.scope');
  });

  it('are told by netstat of net-tools and of BusyBox where there is no ss', () => {
    const netstat = [
      'Active Internet connections (only servers)',
      'Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    ',
      'tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      31/sshd: /usr/sbin/',
      'tcp        0      0 :::445                  :::*                    LISTEN      -',
      'tcp6       0      0 ::1:25                  :::*                    LISTEN      -',
      'udp        0      0 0.0.0.0:5353            0.0.0.0:*                           9/avahi-daemon',
      'tcp        0      0 10.0.0.2:22             10.0.0.3:55555          ESTABLISHED 32/sshd',
    ].join('\n');
    expect(shown({ netstat, listeners: 'tool-missing' })).toEqual([
      'tcp 0.0.0.0 22 31 sshd: /usr/sbin/ null null',
      'tcp ::1 25 null null null null',
      'tcp :: 445 null null null null',
      'udp 0.0.0.0 5353 9 avahi-daemon null null',
    ]);
  });

  it('have their owners from the table of the kernel where netstat names none', () => {
    const netstat =
      'tcp        0      0 127.0.0.1:3847          0.0.0.0:*               LISTEN      \ntcp        0      0 :::22                   :::*                    LISTEN      ';
    const sockets = [
      '/proc/net/tcp:   0: 0100007F:0F07 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 2804280 1 000000005b8cddee 100 0 0 10 0',
      '/proc/net/tcp6:   0: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 28 1 0',
    ].join('\n');
    const owners = { 'socket-owners': '2804280 77\n5 6', names: '/proc/77/comm:node\n' };
    expect(shown({ netstat, sockets, ...owners, listeners: 'tool-missing' })).toEqual([
      'tcp :: 22 null null 0 null',
      'tcp 127.0.0.1 3847 77 node 1000 null',
    ]);
  });

  it('are told by the table of the kernel at last', () => {
    const sockets = [
      '/proc/net/tcp:  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid',
      '/proc/net/tcp:   0: 0100007F:0F07 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 2804280 1 000000005b8cddee 100 0 0 10 0',
      '/proc/net/tcp:   1: B209D50A:0016 B109D50A:DB14 01 00000000:00000000 02:000AFC1F 00000000     0        0 2806165 3 0',
      '/proc/net/tcp6:   0: 00000000000000000000000001000000:0016 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 28 1 0',
      '/proc/net/tcp6:   1: B80D0120000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000    33        0 28 1 0',
    ].join('\n');
    expect(shown({ sockets, netstat: { text: '', exitCode: 1 } })).toEqual([
      'tcp ::1 22 null null 0 null',
      'tcp 2001:db8::1 80 null null 33 null',
      'tcp 127.0.0.1 3847 null null 1000 null',
    ]);
    expect(shown({ sockets: 'needs-root' })).toBeNull();
  });
});

describe('mounts', () => {
  it('are split from the right, leave out what holds no data, and ask nothing of the net', () => {
    const mounts = [
      '/dev/sda1 / ext4 rw 0 0',
      '/dev/sdb1 /srv/my\\040books xfs rw 0 0',
      'nas:/pool /mnt/nas nfs4 rw 0 0',
      '/dev/loop3 /snap/core/1 squashfs ro 0 0',
      'tmpfs /run tmpfs rw 0 0',
      '/dev/sdc1 /mnt/dead ext4 rw 0 0',
      'proc /proc proc rw 0 0',
    ].join('\n');
    const space = [
      'Filesystem     Type 1024-blocks  Used Available Capacity Mounted on',
      '/dev/sda1      ext4        1000   900       100      90% /',
      'pool of two    zfs         2000     0      2000       0% /tank',
      '/dev/sdb1      xfs          400     0       400       - /srv/my books',
      'tmpfs          tmpfs         10     0        10       0% /run',
    ].join('\n');
    const inodes = 'Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/sda1 10 9 1 97% /';
    expect(
      mountsOf(madeAnswers({ mounts, space, inodes }))?.map(
        (one) =>
          `${one.mount} ${one.device} ${one.type} ${one.sizeBytes} ${one.availableBytes} ${one.usedPercent} ${one.inodesUsedPercent}`,
      ),
    ).toEqual([
      '/ /dev/sda1 ext4 1024000 102400 90 97',
      '/mnt/dead /dev/sdc1 ext4 null null undefined null',
      '/mnt/nas nas:/pool nfs4 null null undefined null',
      '/srv/my books /dev/sdb1 xfs 409600 409600 null null',
      '/tank pool of two zfs 2048000 2048000 0 null',
    ]);
  });

  it('are not what a host hands to its container, nor a device that is mounted once more', () => {
    const mounts = [
      '/dev/vda1 /run/host/os-release ext4 ro 0 0',
      '/dev/vda1 /etc/hosts ext4 rw 0 0',
      '/dev/sdb1 /srv/library/books xfs rw 0 0',
      '/dev/sdb1 /srv/data xfs rw 0 0',
      '/dev/sdc1 / btrfs rw 0 0',
      '/dev/sdc1 /home btrfs rw 0 0',
    ].join('\n');
    const space = `Filesystem Type 1024-blocks Used Available Capacity Mounted on\n${mounts
      .split('\n')
      .map((line) => line.split(' '))
      .map(([device, mount, type]) => `${device} ${type} 100 20 30 40% ${mount}`)
      .join('\n')}`;
    for (const told of [{ mounts, space }, { mounts }]) {
      expect(mountsOf(madeAnswers(told))?.map(({ mount }) => mount)).toEqual([
        '/',
        '/home',
        '/srv/data',
      ]);
    }
  });

  it('have their type from the kernel where BusyBox tells none', () => {
    const mounts = '/dev/md2 /volume1 btrfs rw 0 0\ntmpfs /tmp tmpfs rw 0 0';
    const space =
      'Filesystem           1024-blocks    Used Available Capacity Mounted on\n/dev/md2 100 50 50 50% /volume1\ntmpfs 1 0 1 0% /tmp';
    expect(mountsOf(madeAnswers({ mounts, space }))).toEqual([
      {
        ...{ mount: '/volume1', device: '/dev/md2', type: 'btrfs' },
        ...{ sizeBytes: 102_400, availableBytes: 51_200, usedPercent: 50, inodesUsedPercent: null },
      },
    ]);
    expect(mountsOf(madeAnswers({ mounts, space: 'timed-out' }))?.[0]?.sizeBytes).toBeNull();
  });
});

describe('crontabs', () => {
  it('are read in all their forms, and hide secrets', () => {
    const crontab = [
      '# a comment',
      'MAILTO="joel@example.org"',
      '@reboot /usr/bin/node server.js --token abcdef123456',
      '*/5  *\t* * *  backup "50%"',
      'not a line',
      '',
    ].join('\n');
    const crontabs = [
      '/etc/crontab:SHELL=/bin/sh',
      '/etc/crontab:17 *\t* * *\troot    cd / && run-parts --report /etc/cron.hourly',
      '/etc/cron.d/sys:@daily www-data php job.php',
      '/var/spool/cron/crontabs/ann:0 1 * * mon-fri echo a:b',
    ].join('\n');
    const answers = madeAnswers({ id: 'uid=1000(joel) gid=1000(joel)', crontab, crontabs });
    expect(
      crontabsOf(answers)?.map((one) => `${one.source}|${one.user}|${one.schedule}|${one.command}`),
    ).toEqual([
      '/etc/cron.d/sys|www-data|@daily|php job.php',
      '/etc/crontab|root|17 * * * *|cd / && run-parts --report /etc/cron.hourly',
      '/var/spool/cron/crontabs/ann|ann|0 1 * * mon-fri|echo a:b',
      'crontab|joel|@reboot|/usr/bin/node server.js --token (hidden)',
      'crontab|joel|*/5 * * * *|backup "50%"',
    ]);
  });

  it.each([
    [
      { crontab: { text: '', exitCode: 1, words: 'no crontab for joel' }, crontabs: 'not-there' },
      [],
    ],
    [{ crontab: 'tool-missing', crontabs: 'not-there' }, []],
    [{ crontab: { text: '', exitCode: 1, words: 'not allowed' }, crontabs: 'needs-root' }, null],
  ] as const)('%j tells %j', (made, told) => {
    expect(crontabsOf(madeAnswers(made))).toEqual(told);
  });
});

it('containers are told by docker in JSON lines, their policies by another question', () => {
  const id = (letter: string): string => letter.repeat(64);
  const docker = [
    JSON.stringify({ ID: id('b'), Names: 'web,alias', Image: 'nginx', State: 'running' }),
    JSON.stringify({ ID: id('a'), Names: 'db', Image: 'pg', Status: 'Exited (0) 2 days ago' }),
    '{"ID":"; rm"}',
    'WARNING: no json',
  ].join('\n');
  const policies = `${id('b')} /web unless-stopped\n${id('a')} /db no`;
  expect(containersOf(madeAnswers({ docker, 'docker-policies': policies }))).toEqual([
    { engine: 'docker', id: id('a'), name: 'db', image: 'pg', running: false, restartPolicy: 'no' },
    {
      ...{ engine: 'docker', id: id('b'), name: 'web', image: 'nginx', running: true },
      restartPolicy: 'unless-stopped',
    },
  ]);
  expect(containersOf(madeAnswers({ docker: 'not-there' }))).toEqual([]);
  expect(containersOf(madeAnswers({ docker: 'needs-root' }))).toBeNull();
});

describe('updates', () => {
  it.each([
    ['6.1.0-9-amd64', '6.1.0-28-amd64', -1],
    ['6.10.1', '6.9.12', 1],
    ['6.8.0-45-generic', '6.8.0-45-generic', 0],
  ])('%s against %s is %i', (a, b, order) => {
    expect(Math.sign(compareVersions(a, b))).toBe(order);
  });

  it('the newest kernel is of the kind that runs', () => {
    expect(newestOf(['6.1.0-9-amd64', '6.1.0-28-amd64'], '6.1.0-9-amd64')).toBe('6.1.0-28-amd64');
    const pi = ['6.6.31+rpt-rpi-2712', '6.6.31+rpt-rpi-v8'];
    expect(newestOf(pi, '6.6.31+rpt-rpi-2712')).toBe('6.6.31+rpt-rpi-2712');
    expect(newestOf(['6.1.0-9-amd64'], '6.18.44-fc-v782')).toBeNull();
  });

  it('are counted as they were told last, and happen by themselves where apt says so', () => {
    const of = '/etc/apt/apt.conf.d/20auto-upgrades:APT::Periodic';
    const answers = madeAnswers({
      uname: 'Linux 6.8.0-31-generic x86_64',
      kernels: '6.8.0-31-generic\n6.8.0-45-generic',
      'reboot-required': { text: '/run/reboot-required', exitCode: 2 },
      'updates-available':
        '/var/lib/update-notifier/updates-available:\n/var/lib/update-notifier/updates-available:12 updates can be applied immediately.',
      'automatic-updates': `${of}::Update-Package-Lists "1";\n${of}::Unattended-Upgrade "1";`,
    });
    expect(updatesOf(answers, true)).toEqual({
      ...{ rebootRequired: true, pending: 12, automatic: true },
      ...{ runningKernel: '6.8.0-31-generic', newestKernel: '6.8.0-45-generic' },
    });
    const silent = madeAnswers({
      'reboot-required': { exitCode: 2 },
      'automatic-updates': 'not-there',
    });
    expect(updatesOf(silent, true)).toMatchObject({ rebootRequired: false, automatic: false });
    expect(updatesOf(silent, false)).toMatchObject({ rebootRequired: null, automatic: null });
  });
});

it('who may log in has a shell, and is in groups by name or by number', () => {
  const passwd = [
    'root:x:0:0:root:/root:/bin/bash',
    'daemon:x:1:1::/:/usr/sbin/nologin',
    'sync:x:4:65534:sync:/bin:/bin/sync',
    'joel:x:1000:27:Joel,,,:/home/joel:',
    'broken',
    'ann:x:1001:1001::/home/ann:/bin/zsh',
  ].join('\n');
  const admins = 'sudo:x:27:ann\ndocker:x:999:ann,bob';
  expect(usersOf(madeAnswers({ passwd, admins }))).toEqual([
    { name: 'root', uid: 0, shell: '/bin/bash', groups: [] },
    { name: 'joel', uid: 1000, shell: '/bin/sh', groups: ['sudo'] },
    { name: 'ann', uid: 1001, shell: '/bin/zsh', groups: ['docker', 'sudo'] },
  ]);
});

it('keys are told by their fingerprints; none is none only for root', () => {
  const told = '256 SHA256:abc joel@panda (ED25519)\n2048 SHA256:def no comment (RSA)\nbad';
  expect(keysOf(madeAnswers({ 'keys-joel': told }))).toEqual([
    { user: 'joel', fingerprint: 'SHA256:abc', comment: 'joel@panda' },
    { user: 'joel', fingerprint: 'SHA256:def', comment: '' },
  ]);
  expect(keysOf(madeAnswers({ passwd: 'x', id: 'uid=0(root)' }))).toEqual([]);
  expect(keysOf(madeAnswers({ passwd: 'x', id: 'uid=1000(joel)' }))).toBeNull();
});

describe('sshd', () => {
  const main = '/etc/ssh/sshd_config';
  const part = '/etc/ssh/sshd_config.d';
  it.each([
    ['its defaults', [`${main}:`], true, 'prohibit-password'],
    [
      'the first word',
      [
        `${main}:PasswordAuthentication no`,
        `${main}:PasswordAuthentication yes`,
        `${main}:KbdInteractiveAuthentication no`,
      ],
      false,
      'prohibit-password',
    ],
    [
      'what is included before',
      [
        `${main}:Include ${part}/*.conf`,
        `${main}:PermitRootLogin no`,
        `${main}:KbdInteractiveAuthentication no`,
        `${part}/20-b.conf:PasswordAuthentication yes`,
        `${part}/10-a.conf:passwordauthentication=no`,
        `${part}/10-a.conf:PermitRootLogin without-password`,
      ],
      false,
      'prohibit-password',
    ],
    [
      'what is included behind',
      [
        `${main}:PermitRootLogin no`,
        `${main}:Include sshd_config.d/*.conf`,
        `${part}/x.conf:PermitRootLogin yes`,
      ],
      true,
      'no',
    ],
    [
      'nothing within a Match',
      [`${main}:PasswordAuthentication no`, `${main}:Match User x`, `${main}:PermitRootLogin yes`],
      false,
      'prohibit-password',
    ],
    [
      'a password by way of PAM',
      [`${main}:PasswordAuthentication no`, `${main}:UsePAM yes`, `${main}:PermitRootLogin "no"`],
      true,
      'no',
    ],
  ] as const)('follows %s', (_, lines, passwordAuthentication, rootLogin) => {
    expect(sshdSettingsOf(madeAnswers({ sshd: lines.join('\n') }))).toEqual({
      passwordAuthentication,
      rootLogin,
    });
  });

  it('is unknown in what a file may say that cannot be read', () => {
    const sshd = `${main}:PermitRootLogin no\n${main}:Include ${part}/*.conf\n${main}:PasswordAuthentication no`;
    const answers = madeAnswers({ sshd, 'sshd-files': '50-cloud-init.conf\nREADME' });
    expect(sshdSettingsOf(answers)).toEqual({ passwordAuthentication: null, rootLogin: 'no' });
    const untold = { passwordAuthentication: null, rootLogin: null };
    expect(sshdSettingsOf(madeAnswers({ sshd: 'needs-root' }))).toEqual(untold);
  });
});

const service = (name: string, state = 'active'): string =>
  `Id=${name}.service\nActiveState=${state}\n`;

it.each([
  [
    'the mark of timesyncd',
    { services: service('systemd-timesyncd'), 'time-synchronized': '/run/x' },
    'systemd-timesyncd',
    true,
  ],
  [
    'no mark of timesyncd',
    { services: service('systemd-timesyncd'), 'time-synchronized': { exitCode: 2 } },
    'systemd-timesyncd',
    false,
  ],
  [
    'chrony, which is not asked',
    { services: service('chrony'), 'time-synchronized': { exitCode: 2 } },
    'chrony',
    null,
  ],
  [
    'a program of BusyBox',
    { names: '/proc/9/comm:ntpd', 'time-synchronized': { exitCode: 1 } },
    'ntpd',
    null,
  ],
  ['nothing', { names: '/proc/9/comm:sh', services: service('chrony', 'inactive') }, 'none', false],
  ['a container', { names: '/proc/9/comm:sh', virtualization: 'lxc' }, null, null],
  ['what could not be seen', {}, null, null],
] as const)('time: %s', (_, made, timeService, timeSynchronized) => {
  expect(clockOf(madeAnswers(made))).toEqual({ timeService, timeSynchronized });
});

it.each([
  [{ ufw: '# on or off\nENABLED=yes' }, 'ufw enabled'],
  [{ ufw: '# on or off\nENABLED=no' }, 'ufw disabled'],
  [{ ufw: 'not-there', services: service('firewalld') }, 'firewalld active'],
  [{ ufw: '# on or off\nENABLED=no', services: service('nftables') }, 'nftables active'],
  [{ ufw: 'not-there' }, null],
] as const)('the firewall of %j is %s', (made, told) => {
  expect(firewallOf(madeAnswers(made))).toBe(told);
});
