import type { Cluster } from '../model/inventory.ts';
import type { JsonObject } from '../model/json.ts';

/** The lists that are asked for; all of them can be watched. */
export type KubeResource =
  | 'namespaces'
  | 'nodes'
  | 'pods'
  | 'events'
  | 'statefulsets'
  | 'deployments'
  | 'daemonsets'
  | 'replicasets';

export interface KubeRequest {
  readonly cluster: Cluster;
  readonly resource: KubeResource;
  /** Null for what has none (nodes, namespaces), and for all namespaces together. */
  readonly namespace: string | null;
}

/**
 * The objects as the API server has them, by name within their namespaces, `managedFields` dropped.
 * They belong to a cache that is kept by a watch: the same array while nothing changed.
 */
export interface KubeList {
  readonly items: readonly JsonObject[];
  /** Milliseconds since 1970 of the cache's last proof: a list, an event, an accepted watch. */
  readonly provenAtMs: number;
}

/**
 * One object of any kind, at its path below the API (`/apis/apps/v1/namespaces/joelclaw/statefulsets/redis`);
 * `resource` and `namespace` are for words. It is got, or asked what it would be by our server-side
 * apply; `force` takes fields from those who have them.
 */
export interface KubeObjectRequest {
  readonly cluster: Cluster;
  readonly path: string;
  readonly resource: string;
  readonly namespace: string | null;
  readonly wouldBe: { readonly object: JsonObject; readonly force: boolean } | null;
}

/** One object, as a manifest says it: made, or changed in the fields that the manifest names. */
export interface ApplyObjectRequest extends Omit<KubeObjectRequest, 'wouldBe'> {
  readonly object: JsonObject;
  readonly force: boolean;
  /** Whose fields they are then; ours unless told. */
  readonly manager?: 'joelclaw' | 'joelclaw-undo';
}

/** `workload` is `statefulset/redis`; `at`, RFC 3339, makes its pods' template another one. */
export interface RolloutRequest {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly workload: string;
  readonly at: string;
}

/** One pod and no other: only while it is the one of this uid. */
export interface DeletePodRequest {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly pod: string;
  readonly uid: string;
}

/** A container's log: of the instance that runs or ended last, or of the one before it. */
export interface PodLogRequest {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  readonly previous: boolean;
  /** Null for all of them that are kept. */
  readonly lines: number | null;
  /** From this moment on, RFC 3339; each line then begins with its time. */
  readonly since?: string;
  readonly timestamps?: boolean;
}
