import { plainName } from '../../../kinds/tailscale/status.ts';
import { FaultError } from '../../../model/errors.ts';
import { isJsonObject, type JsonObject, jsonObjectOf } from '../../../model/json.ts';
import { textsOf } from '../../../model/read-facts.ts';
import { thisHost } from '../../doctor/this-host.ts';
import type { AuditGround } from '../with-host.ts';

/**
 * The keys of a host as Tailscale's coordination has them (`sshHostKeys` of ipnstate.PeerStatus), each
 * as it goes over the wire. None where Tailscale is not here, knows no such peer, or tells of no keys.
 */
export async function tailscaleKeys(
  { open, host, context }: AuditGround,
  hostname: string,
): Promise<readonly Buffer[]> {
  const options = { timeoutMs: Math.min(5000, context.options.timeoutMs), signal: context.signal };
  const argv = ['tailscale', 'status', '--json'] as const;
  const output = await open.transports
    .exec({ on: thisHost, argv, maxBytes: 4 * 1024 * 1024 }, options)
    .catch((error: unknown) => {
      if (error instanceof FaultError && error.fault.code !== 'aborted') return null;
      throw error;
    });
  const names = [host.tailscale, hostname].filter((name) => name !== null).map(plainName);
  return keysOfPeer(jsonObjectOf(output?.stdout ?? ''), names);
}

/** Of the one peer that one of the names, or addresses, is of. */
export function keysOfPeer(status: JsonObject | null, names: readonly string[]): readonly Buffer[] {
  const peers = isJsonObject(status?.['Peer'] ?? null) ? (status?.['Peer'] as JsonObject) : {};
  const named = Object.values(peers)
    .filter(isJsonObject)
    .filter((peer) => {
      const dnsName = plainName(String(peer['DNSName'] ?? ''));
      const own = [dnsName, dnsName.split('.')[0] ?? '', ...textsOf(peer['TailscaleIPs'])];
      return own.some((one) => one !== '' && names.includes(one));
    });
  if (named.length !== 1) return [];
  return textsOf(named[0]?.['sshHostKeys']).flatMap((line) => {
    const [, base64 = ''] = line.split(/\s+/);
    return base64 === '' ? [] : [Buffer.from(base64, 'base64')];
  });
}
