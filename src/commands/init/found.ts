import type { KnownPort } from './known-ports.ts';

/** A host that ~/.ssh/config names without a pattern; null is what its block leaves open. */
export interface SshAlias {
  readonly alias: string;
  /** Other names on the same line. */
  readonly also: readonly string[];
  readonly hostname: string | null;
  readonly user: string | null;
  readonly port: number | null;
  /** The file that names it. */
  readonly file: string;
}

/** A machine of the tailnet. `known` is the name by which known_hosts has it: ssh has been there. */
export interface TailnetPeer {
  readonly label: string;
  readonly ips: readonly string[];
  readonly os: string;
  readonly known: string | null;
}

/** A unit that somebody has put on this machine. */
export interface FoundUnit {
  readonly kind: 'launchd' | 'systemd';
  /** Its label, or its name with the ending. */
  readonly unit: string;
  readonly user: boolean;
  readonly description: string;
  /** The file that declares it. */
  readonly file: string;
}

interface Workload {
  readonly namespace: string;
  /** `statefulset` */
  readonly kind: string;
  readonly name: string;
}

/** The current context; `workloads` and `uid` are known only when its API answered in time. */
export interface FoundCluster {
  readonly context: string;
  readonly kubeconfig: string;
  readonly others: readonly string[];
  readonly uid: string | null;
  readonly workloads: readonly Workload[];
}

/** An open port of this machine, with the check that it has just answered. */
export interface FoundPort extends KnownPort {
  /** Whether its own check was answered, and not just the connection. */
  readonly proved: boolean;
  readonly remark: string;
}

/** All that this machine told. */
export interface Found {
  readonly hostname: string;
  readonly description: string;
  /** This machine's own label in its tailnet; null where tailscale does not run. */
  readonly tailnetLabel: string | null;
  readonly aliases: readonly SshAlias[];
  readonly peers: readonly TailnetPeer[];
  readonly units: readonly FoundUnit[];
  readonly cluster: FoundCluster | null;
  readonly ports: readonly FoundPort[];
  /** What could not be looked at, and why. */
  readonly notLooked: readonly string[];
}
