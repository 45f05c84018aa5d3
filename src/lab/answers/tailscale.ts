import type { Moment, Program } from '../site.ts';

/** Where WireGuard listens. A machine of which even this hangs is off, and its peer offline. */
const wireguardPort = 41_641;

/** The hosts that are peers: failing one of these takes a peer off the tailnet, and nothing else. */
export const peerTargets = ['clanker-001', 'three-body'].map((host) => `${host}:${wireguardPort}`);

const zeroTime = '0001-01-01T00:00:00Z';
const suffix = 'tail7af24.ts.net';
const dayMs = 86_400_000;

interface Machine {
  readonly name: string;
  readonly hostName: string;
  readonly os: string;
  readonly ip: string;
  readonly online: boolean;
  /** Empty when it is relayed. */
  readonly address: string;
  readonly keyExpiry: string | null;
}

/** `tailscale status --json` as CLI 1.94 prints it on panda; other arguments it does not know. */
export const tailscaleStatus: Program = (args, moment) =>
  args.join(' ') === 'status --json' ? `${JSON.stringify(statusAt(moment), null, 2)}\n` : null;

function statusAt(moment: Moment): object {
  const self = selfOf();
  const peers = peersAt(moment).map((peer, index) => [
    `nodekey:${String(index + 2).padStart(64, '0')}`,
    nodeOf(peer, moment),
  ]);
  return {
    Version: '1.94.1-t1a2b3c4d5',
    TUN: true,
    BackendState: 'Running',
    HaveNodeKey: true,
    AuthURL: '',
    TailscaleIPs: [self.ip],
    Self: nodeOf(self, moment),
    Health: [],
    MagicDNSSuffix: suffix,
    CurrentTailnet: { Name: 'lab@example.com', MagicDNSSuffix: suffix, MagicDNSEnabled: true },
    CertDomains: [`panda.${suffix}`],
    Peer: Object.fromEntries(peers),
    User: {},
    ClientVersion: { RunningLatest: true },
  };
}

/** The servers' keys never end; clanker-001's does, as nobody has switched that off yet. */
function peersAt({ startMs, isWell }: Moment): readonly Machine[] {
  const online = (host: string): boolean => isWell(`${host}:${wireguardPort}`);
  const inDays = (days: number): string => goTime(startMs + days * dayMs);
  return [
    {
      ...machineOf('clanker-001', 'linux', '100.101.20.2'),
      online: online('clanker-001'),
      address: `192.168.1.21:${wireguardPort}`,
      keyExpiry: inDays(121),
    },
    { ...machineOf('three-body', 'linux', '100.101.20.3'), online: online('three-body') },
    {
      ...machineOf('iphone-15', 'iOS', '100.101.20.4'),
      hostName: 'localhost',
      online: false,
      keyExpiry: inDays(-30),
    },
  ];
}

function selfOf(): Machine {
  return { ...machineOf('panda', 'macOS', '100.101.20.1'), online: true };
}

function machineOf(name: string, os: string, ip: string): Machine {
  return { name, hostName: name, os, ip, online: true, address: '', keyExpiry: null };
}

/** A PeerStatus (ipn/ipnstate): `Expired` and `KeyExpiry` are left out where there is none. */
function nodeOf(machine: Machine, { startMs }: Moment): object {
  const { name, hostName, os, ip, online, address, keyExpiry } = machine;
  const expired = keyExpiry !== null && Date.parse(keyExpiry) < startMs;
  return {
    ID: `n${name}CNTRL`,
    HostName: hostName,
    DNSName: `${name}.${suffix}.`,
    OS: os,
    TailscaleIPs: [ip],
    AllowedIPs: [`${ip}/32`],
    Addrs: null,
    CurAddr: online ? address : '',
    Relay: 'sea',
    Created: goTime(startMs - 60 * dayMs),
    LastSeen: online ? zeroTime : goTime(startMs - 600_000),
    LastHandshake: zeroTime,
    Online: online,
    ExitNode: false,
    ExitNodeOption: false,
    Active: online,
    InNetworkMap: true,
    InMagicSock: true,
    InEngine: online,
    ...(expired ? { Expired: true } : {}),
    ...(keyExpiry === null ? {} : { KeyExpiry: keyExpiry }),
  };
}

/** Go prints no fraction where there is none. */
function goTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
