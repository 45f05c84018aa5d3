import * as z from 'zod';
import type { Part } from '../../model/result.ts';
import { defineKind, type Previous } from '../contract.ts';
import { askDaemon } from './ask.ts';
import { factsOf, type HostPeer, type TailscaleFacts } from './facts.ts';
import { judgeDaemon, judgePeer } from './judge.ts';
import { readStatus } from './status.ts';

const spec = z.strictObject({
  /** Hosts that are peers too: their names here, and their MagicDNS names or addresses there. */
  peers: z.array(z.strictObject({ host: z.string(), name: z.string() })).default([]),
});

/** This machine's tailscaled, and by its eyes each host that is a peer. Made from `hosts`. */
export const tailscale = defineKind({
  kind: 'tailscale',
  summary: 'This machine is on its tailnet and stays there. Made from `hosts`.',
  intervalMs: 30_000,
  spec,
  observe: async ({ peers }, context) =>
    factsOf(readStatus((await askDaemon(context)).stdout), peers, context.transports.clock.now()),
  judge: (facts: TailscaleFacts, previous: Previous | null) =>
    judgeDaemon(facts, previous?.note ?? ''),
  parts: (facts: TailscaleFacts, previous: Previous | null) =>
    facts.hosts.map((peer) => partOf(peer, facts, previous?.partOf?.(peer.host)?.note ?? '')),
});

/** Its id is the host's name: a peer that is none of the inventory's hosts is only counted. */
function partOf(peer: HostPeer, facts: TailscaleFacts, before: string): Part {
  const { host: id, name, found: _, ...seen } = peer;
  return { id, kind: 'peer', name, verdict: judgePeer(peer, facts, before), facts: seen };
}
