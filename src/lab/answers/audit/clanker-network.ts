import type { Moment } from '../../site.ts';
import { brainRuns, login } from './clanker-processes.ts';
import { type Frame, files, told } from './frames.ts';

/** Whoever is not root sees the owner of his own sockets only; the cgroup tells the others' units. */
export function network(moment: Moment): readonly Frame[] {
  const rows = [
    socket('0.0.0.0:22', '0.0.0.0:*', 'ino:21034 sk:1 cgroup:/system.slice/ssh.service <->'),
    socket(
      '127.0.0.1:11434',
      '0.0.0.0:*',
      'uid:997 ino:24410 sk:2 cgroup:/system.slice/ollama.service <->',
    ),
    ...(moment.isUnloaded('livekit-sip.service')
      ? []
      : [
          socket(
            '*:5060',
            '*:*',
            'ino:25871 sk:3 cgroup:/system.slice/livekit-sip.service v6only:0 <->',
          ),
        ]),
    ...(brainRuns(moment)
      ? [
          socket(
            '*:3847',
            '*:*',
            `users:(("node",pid=20731,fd=19)) uid:1000 ino:88123 sk:4 cgroup:${login} v6only:0 <->`,
          ),
        ]
      : []),
  ];
  return [
    told(
      'addresses',
      [
        '1: lo    inet 127.0.0.1/8 scope host lo\\       valid_lft forever preferred_lft forever',
        '2: enp0s31f6    inet 192.168.1.40/24 metric 100 brd 192.168.1.255 scope global dynamic enp0s31f6\\       valid_lft 71234sec preferred_lft 71234sec',
        '3: tailscale0    inet 100.88.12.4/32 scope global tailscale0\\       valid_lft forever preferred_lft forever',
      ].join('\n'),
    ),
    told('listeners', rows.join('\n')),
    told('datagrams', ''),
    told(
      'connections',
      brainRuns(moment)
        ? '0      0      127.0.0.1:41822   127.0.0.1:11434 users:(("node",pid=20731,fd=23))'
        : '',
    ),
    files('sockets', {
      '/proc/net/tcp':
        '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    }),
    told('ufw', 'ENABLED=no\nLOGLEVEL=low'),
  ];
}

function socket(local: string, peer: string, more: string): string {
  return `LISTEN 0      4096   ${local.padStart(16)} ${peer.padStart(12)} ${more}`;
}
