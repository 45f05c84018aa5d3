/** One node as the API has it: its kubelet's word, and what keeps pods off it. */
export interface NodeFacts {
  readonly name: string;
  readonly cluster: string;
  readonly roles: readonly string[];
  readonly version: string | null;
  readonly os: string | null;
  /** The condition Ready: True, False, Unknown, or what is not known here; null when there is none. */
  readonly ready: string | null;
  readonly readyWhy: string | null;
  /** The conditions that are not as they should be: "DiskPressure". */
  readonly pressure: readonly string[];
  /** "key=value:NoSchedule", without the control plane's own. */
  readonly taints: readonly string[];
  readonly cordoned: boolean;
  readonly capacity: Resources;
  readonly allocatable: Resources;
  readonly createdAt: string | null;
  /** "InternalIP 10.5.0.2" */
  readonly addresses: readonly string[];
}

export interface Resources {
  readonly cpus: number | null;
  readonly memoryBytes: number | null;
  readonly pods: number | null;
}

/** A namespace that the inventory names. `podSecurity` is what its label enforces; null for none. */
export interface NamespaceFacts {
  readonly name: string;
  readonly exists: boolean;
  readonly podSecurity: string | null;
}

export interface ClusterFacts {
  readonly name: string;
  /** Of its kube-system namespace; null when that may not be listed, or is not there. */
  readonly uid: string | null;
  /** The uid that it is believed to have: pinned, else the first that was ever seen. */
  readonly knownUid: string | null;
  /** Empty while namespaces may not be listed. */
  readonly namespaces: readonly NamespaceFacts[];
  readonly namespacesTrouble: string | null;
  readonly nodes: readonly NodeFacts[];
  readonly nodesTrouble: string | null;
  /** Those that were last seen, also while they may not be listed. */
  readonly knownNodes: readonly string[];
  readonly provenAtMs: number;
}
