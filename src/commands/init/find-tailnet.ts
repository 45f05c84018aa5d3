import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { askDaemon } from '../../kinds/tailscale/ask.ts';
import { readStatus, type TailnetNode } from '../../kinds/tailscale/status.ts';
import { firstLabel } from '../../model/same-machine.ts';
import { thisHost } from '../doctor/this-host.ts';
import type { TailnetPeer } from './found.ts';
import { type Looked, type Looking, orNothing, run } from './look.ts';

/** This machine's label in its tailnet, and the other machines in it. */
export interface FoundTailnet {
  readonly label: string | null;
  readonly peers: readonly TailnetPeer[];
}

const nothing: FoundTailnet = { label: null, peers: [] };
const phones = /^(ios|android|tvos)$/i;
const mostPeers = 100;

/** What the daemon of this machine tells; phones and what is shared in from elsewhere are left out. */
export function findTailnet(looking: Looking): Promise<Looked<FoundTailnet>> {
  return orNothing('tailscale', nothing, async () => {
    const status = readStatus((await askDaemon({ ...looking, host: thisHost })).stdout);
    if (status.backend !== 'Running') {
      return { found: nothing, notLooked: [`tailscale: it is ${status.backend}`] };
    }
    const own = status.peers
      .filter(({ os, dnsName }) => dnsName !== '' && !phones.test(os ?? ''))
      .filter(({ dnsName }) => status.suffix === '' || dnsName.endsWith(`.${status.suffix}`))
      .toSorted((a, b) => (a.dnsName < b.dnsName ? -1 : 1))
      .slice(0, mostPeers);
    const peers = await Promise.all(own.map((peer) => peerOf(peer, looking)));
    return { found: { label: firstLabel(status.self.dnsName) || null, peers }, notLooked: [] };
  });
}

async function peerOf(node: TailnetNode, looking: Looking): Promise<TailnetPeer> {
  const label = firstLabel(node.dnsName);
  const known = await knownName([label, node.dnsName], looking);
  return { label, ips: node.ips, os: node.os ?? 'unknown system', known };
}

/** The first name that known_hosts has a key of: this user's ssh has been there. */
async function knownName(names: readonly string[], looking: Looking): Promise<string | null> {
  const file = join(looking.home, '.ssh', 'known_hosts');
  if (!(await stat(file).catch(() => null))) return null;
  for (const name of names) {
    const { stdout } = await run(looking, ['ssh-keygen', '-F', name, '-f', file]);
    if (/^[^#\s]/m.test(stdout)) return name;
  }
  return null;
}
