import type { JsonObject } from './json.ts';

/** When a check runs and how firm a change must be. */
export interface Timing {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly failureThreshold: number;
  readonly successThreshold: number;
}

interface SshAccess {
  readonly host: string;
  readonly port: number;
  readonly user: string | null;
  readonly identityFile: string | null;
  readonly knownHosts: readonly string[];
  readonly proxyJump: string | null;
  readonly client: 'ssh2' | 'openssh';
}

/** `disks` are mount points. `hostname` is the machine that a local host must be. */
export interface Host {
  readonly name: string;
  readonly description: string;
  readonly access: 'local' | 'ssh';
  readonly ssh: SshAccess | null;
  readonly hostname: string | null;
  readonly tailscale: string | null;
  readonly disks: readonly string[];
}

/** `uid` is that of its kube-system namespace, by which a cluster is known; `host` runs it. */
export interface Cluster {
  readonly name: string;
  readonly host: string;
  readonly kubeconfig: string;
  readonly context: string | null;
  readonly namespaces: readonly string[];
  readonly uid: string | null;
  /** What it stands on, below its API: a VM, a container engine. */
  readonly dependsOn: readonly string[];
}

/** Who starts and stops a service. */
export type Manager =
  | { readonly kind: 'launchd'; readonly label: string }
  | { readonly kind: 'systemd'; readonly unit: string; readonly user: boolean }
  | { readonly kind: 'k8s'; readonly cluster: string; readonly workload: string }
  | { readonly kind: 'none' };

/** A check as written; `spec` holds the fields of its kind, defaults filled in. */
export interface CheckSpec {
  readonly kind: string;
  readonly name: string;
  readonly timing: Partial<Timing>;
  readonly dependsOn: readonly string[];
  readonly spec: JsonObject;
}

/** `id` is `host/name`. A service that is not `enabled` is declared not to run, for `reason`. */
export interface Service {
  readonly id: string;
  readonly host: string;
  readonly name: string;
  readonly description: string;
  readonly port: number | null;
  readonly manager: Manager;
  readonly checks: readonly CheckSpec[];
  readonly dependsOn: readonly string[];
  readonly critical: boolean;
  readonly enabled: boolean;
  readonly reason: string;
}

export interface InngestServer {
  readonly name: string;
  readonly url: string;
  readonly worker: string | null;
  readonly app: string | null;
  readonly expect: readonly string[] | null;
  /** A secret: events are sent with it. Null for a server in dev mode, which takes any. */
  readonly eventKey: string | null;
}

/** How a managed file is compared and applied. */
export type FileKind = 'launchd' | 'caddyfile' | 'systemd' | 'k8s' | 'env' | 'file';

/** What `infra apply` manages: a file of the repo and where it goes. */
export interface ManagedFile {
  readonly id: string;
  readonly kind: FileKind;
  readonly source: string;
  readonly host: string | null;
  readonly cluster: string | null;
  readonly destination: string | null;
  readonly mode: string | null;
  readonly service: string | null;
  readonly admin: string | null;
}

/** Where a file goes, with its name where its destination is a folder; null for an object of a cluster. */
export function pathOf({
  source,
  destination,
}: Pick<ManagedFile, 'source' | 'destination'>): string | null {
  if (destination === null || !destination.endsWith('/')) return destination;
  return `${destination}${source.slice(source.lastIndexOf('/') + 1)}`;
}

/** The network as declared: one validated inventory.yaml. */
export interface Inventory {
  readonly name: string;
  readonly defaults: Timing;
  readonly hosts: readonly Host[];
  readonly clusters: readonly Cluster[];
  readonly services: readonly Service[];
  readonly inngest: readonly InngestServer[];
  readonly tailscale: boolean;
  readonly files: readonly ManagedFile[];
  /** The folder of the Obsidian vault, where audits write their notes: it begins with / or ~/. */
  readonly vault?: string | null;
}
