import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';
import { seeByHand } from './ask.ts';

/** One machine as the daemon tells of it; null is what it does not tell. */
export interface TailnetNode {
  /** Lower-case, without the trailing dot. The only name that is unique: HostName is not. */
  readonly dnsName: string;
  readonly ips: readonly string[];
  readonly os: string | null;
  /** Whether it is connected to the control plane, which says little about reaching it. */
  readonly online: boolean | null;
  /** Traffic went to or from it within the last minute or so. */
  readonly active: boolean;
  /** Packets go straight to an address of its own. */
  readonly direct: boolean;
  /** Its home region, by which it is relayed where no direct way is found. */
  readonly relay: string | null;
  readonly expired: boolean;
  readonly keyExpiry: string | null;
  readonly lastSeen: string | null;
  readonly routes: readonly string[];
}

/** What `tailscale status --json` says (ipn/ipnstate.Status), reduced to what is looked at. */
export interface TailscaleStatus {
  readonly backend: string;
  readonly version: string;
  readonly health: readonly string[];
  /** MagicDNS names of this tailnet end with it; others are shared in from elsewhere. */
  readonly suffix: string;
  readonly self: TailnetNode;
  readonly peers: readonly TailnetNode[];
}

/** Reads it. Any field may be missing or null (it is, when stopped); only BackendState may not. */
export function readStatus(text: string): TailscaleStatus {
  const status = parsed(text);
  const backend = wordOf(status?.['BackendState']);
  if (!status || backend === null) throw new FaultError(notUnderstood);
  const tailnet = objectOf(status['CurrentTailnet']);
  const suffix = wordOf(tailnet['MagicDNSSuffix']) ?? wordOf(status['MagicDNSSuffix']) ?? '';
  return {
    backend,
    version: wordOf(status['Version']) ?? '',
    health: wordsOf(status['Health']),
    suffix: plainName(suffix),
    self: nodeOf(objectOf(status['Self'])),
    peers: Object.values(objectOf(status['Peer'])).filter(isJsonObject).map(nodeOf),
  };
}

const notUnderstood = faultOf('protocol', 'tailscale status --json names no BackendState', {
  side: 'prober',
  hint: seeByHand,
});

function parsed(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}

function nodeOf(node: JsonObject): TailnetNode {
  const peerRelay = wordOf(node['PeerRelay']);
  const { Online: online, Active: active, Expired: expired } = node;
  return {
    dnsName: plainName(wordOf(node['DNSName']) ?? ''),
    ips: wordsOf(node['TailscaleIPs']),
    os: wordOf(node['OS']),
    online: typeof online === 'boolean' ? online : null,
    active: active === true,
    direct: wordOf(node['CurAddr']) !== null,
    relay: peerRelay === null ? wordOf(node['Relay']) : 'another peer',
    expired: expired === true,
    keyExpiry: timeOf(node['KeyExpiry']),
    lastSeen: timeOf(node['LastSeen']),
    routes: wordsOf(node['PrimaryRoutes']),
  };
}

/** As names are compared: DNS knows neither case nor the root's dot. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}

/** Go's zero time (0001-01-01) means unset, and so does 1970. */
function timeOf(value: Json | undefined): string | null {
  const atMs = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return atMs > Date.UTC(2000) ? `${new Date(atMs).toISOString().slice(0, 19)}Z` : null;
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function wordOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function wordsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => wordOf(one) !== null).map(String) : [];
}
