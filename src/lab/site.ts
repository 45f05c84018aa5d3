import { type Fault, faultOf } from '../model/fault.ts';
import type { JsonObject } from '../model/json.ts';
import type { TlsPeer } from '../transports/contract.ts';
import type { LabAudit } from './answers/audit/host.ts';
import type { LabObjects } from './answers/cluster-objects.ts';
import type { ManagedFiles } from './answers/managed-files.ts';
import type { Hands } from './hands.ts';

/** What ails a target: it rejects with the fault, or takes the call and never answers. */
export type Trouble = Fault | 'hang';

/** What an answer may depend on: the time, and whether another target is well (a proxy's upstream). */
export interface Moment extends Hands {
  readonly nowMs: number;
  /** When the lab was made; scenarios count from here. */
  readonly startMs: number;
  isWell(target: string): boolean;
  /** Whether a hand has made it well, whatever the scenario says. */
  isMended(target: string): boolean;
}

export interface Page {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/**
 * All that stands in a simulated network, by what asks for it. A **target** is where trouble
 * strikes: `host:port` as it is asked for, `ssh:host`, `exec:host:/path/of/program`, `files` (of this
 * machine), or `kube:cluster`.
 */
export interface Site {
  readonly inventoryText: string;
  /** By host name. */
  readonly platforms: ReadonlyMap<string, 'linux' | 'darwin'>;
  /** By method and URL: `GET http://localhost:3111/`. What was sent may decide the answer. */
  readonly pages: ReadonlyMap<string, (moment: Moment, sent?: string) => Page>;
  /** `host:port` of what takes connections and is asked nothing more. */
  readonly ports: readonly string[];
  /** By `host:port`. */
  readonly certificates: ReadonlyMap<string, (moment: Moment) => Certificate>;
  /** By URL: the text of INFO. PING is answered with PONG. */
  readonly redis: ReadonlyMap<string, (moment: Moment) => string>;
  /** By `host:/path/of/program`: its output, null for arguments that it does not know. */
  readonly programs: ReadonlyMap<string, Program>;
  /** By host name: what it tells who looks into it. */
  readonly audits?: ReadonlyMap<string, LabAudit>;
  /** By `host:/path`, the home written out. */
  readonly files: ReadonlyMap<string, string>;
  /** What `lookAtFiles` sees; a path that is not named is unexpected. */
  readonly managed: ManagedFiles;
  /** By `cluster:resource`, of all namespaces together: `joelclaw:pods`. Its target is `kube:joelclaw`. */
  readonly clusters?: ReadonlyMap<string, ClusterList>;
  /** Objects that the repo manages. */
  readonly objects?: LabObjects;
  /** By `cluster:namespace/pod/container`: what it has said. */
  readonly podLogs?: ReadonlyMap<string, (moment: Moment) => string>;
  /** Targets that nobody connects to: their trouble shows in what another answers. */
  readonly silent?: readonly string[];
  /** The scenario itself; milliseconds since the lab was made. */
  troubleOf(target: string, elapsedMs: number): Trouble | null;
}

/** What an API server lists at some moment. */
export type ClusterList = (moment: Moment) => readonly JsonObject[];

export type Certificate = Omit<TlsPeer, 'latencyMs' | 'trouble'>;

/** What a program prints when it ends well, or how else it ends. */
export type Program = (args: readonly string[], moment: Moment) => string | ProgramEnd | null;

export interface ProgramEnd {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** `host:port` of a URL, the scheme's own port where it names none. */
export function targetOfUrl(url: string): string {
  const { protocol, hostname, port } = new URL(url);
  const usual: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
  return `${hostname}:${port || usual[protocol] || '6379'}`;
}

/** What ails all that is asked of a host by way of ssh. */
export function sshTarget(host: string): string {
  return `ssh:${host}`;
}

/** Every target at which something stands that answers a connection. */
export function listeningAt(site: Site): ReadonlySet<string> {
  const pages = [...site.pages.keys()].map((key) => targetOfUrl(key.slice(key.indexOf(' ') + 1)));
  const redis = [...site.redis.keys()].map(targetOfUrl);
  return new Set([...pages, ...redis, ...site.ports, ...site.certificates.keys()]);
}

/** What a machine says for a port where nobody listens. */
export function refusedBy(target: string): Fault {
  return faultOf('refused', `connection refused by ${target}`);
}

/** The API servers of a site. */
export function clustersOf({ clusters }: Site): readonly string[] {
  const names = [...(clusters?.keys() ?? [])].map((key) => key.slice(0, key.indexOf(':')));
  return [...new Set(names)].map((name) => `kube:${name}`);
}

/** A page of JSON. */
export function jsonPage(value: object, status = 200): Page {
  return { status, contentType: 'application/json', body: JSON.stringify(value) };
}
