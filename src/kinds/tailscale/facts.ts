import { firstLabel } from '../../model/same-machine.ts';
import { plainName, type TailnetNode, type TailscaleStatus } from './status.ts';

const dayMs = 86_400_000;

/** When a node's key ends; both null when it never does. */
export interface KeyFacts {
  readonly keyExpiry: string | null;
  /** Whole days until then; below 0 when it has passed. */
  readonly daysLeft: number | null;
  readonly expired: boolean;
}

/** A host of the inventory as a peer. `direct` is null while nothing is sent, or nothing is known. */
export interface HostPeer extends KeyFacts {
  readonly host: string;
  readonly name: string;
  readonly found: boolean;
  readonly online: boolean | null;
  readonly direct: boolean | null;
  readonly relay: string | null;
  readonly ip: string | null;
  readonly os: string | null;
  readonly lastSeen: string | null;
  readonly routes: readonly string[];
}

/** Of peers that are none of our hosts only the number is kept: they are other people's phones. */
export interface TailscaleFacts extends KeyFacts {
  readonly backend: string;
  readonly version: string;
  readonly name: string;
  readonly ip: string | null;
  readonly online: boolean | null;
  readonly peers: number;
  readonly peersOnline: number;
  readonly health: readonly string[];
  readonly hosts: readonly HostPeer[];
}

interface WantedPeer {
  readonly host: string;
  readonly name: string;
}

/** What the status means at a moment for this machine and for the hosts that are wanted. */
export function factsOf(
  status: TailscaleStatus,
  wanted: readonly WantedPeer[],
  nowMs: number,
): TailscaleFacts {
  const { backend, version, self, peers, health } = status;
  return {
    backend,
    version,
    name: firstLabel(self.dnsName),
    ip: self.ips[0] ?? null,
    online: self.online,
    ...keyFacts(self, nowMs),
    peers: peers.length,
    peersOnline: peers.filter(({ online }) => online === true).length,
    health,
    hosts: wanted.map(({ host, name }) => ({
      host,
      name,
      ...peerFacts(findPeer(status, name), nowMs),
    })),
  };
}

/** By whole name, first label or address. A name that two tailnets know is this tailnet's. */
function findPeer({ peers, suffix }: TailscaleStatus, wanted: string): TailnetNode | null {
  const name = plainName(wanted);
  const found = peers
    .filter(({ dnsName, ips }) => [dnsName, firstLabel(dnsName), ...ips].includes(name))
    .toSorted((a, b) => (a.dnsName < b.dnsName ? -1 : 1));
  const exact = found.find(({ dnsName }) => dnsName === name);
  return exact ?? found.find(({ dnsName }) => dnsName.endsWith(`.${suffix}`)) ?? found[0] ?? null;
}

function peerFacts(node: TailnetNode | null, nowMs: number): Omit<HostPeer, 'host' | 'name'> {
  return {
    found: node !== null,
    online: node?.online ?? null,
    direct: node ? directness(node) : null,
    relay: node?.relay ?? null,
    ip: node?.ips[0] ?? null,
    os: node?.os ?? null,
    ...keyFacts(node, nowMs),
    lastSeen: node?.online === false ? node.lastSeen : null,
    routes: node?.routes ?? [],
  };
}

/** An idle peer has no address in use either, and is not therefore relayed. */
function directness({ online, direct, active }: TailnetNode): boolean | null {
  if (online !== true) return null;
  if (direct) return true;
  return active ? false : null;
}

function keyFacts(node: TailnetNode | null, nowMs: number): KeyFacts {
  const keyExpiry = node?.keyExpiry ?? null;
  const leftMs = keyExpiry === null ? null : Date.parse(keyExpiry) - nowMs;
  const daysLeft = leftMs === null ? null : Math.floor(leftMs / dayMs);
  return { keyExpiry, daysLeft, expired: (node?.expired ?? false) || (leftMs ?? 0) < 0 };
}
