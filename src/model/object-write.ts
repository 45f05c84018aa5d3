import type { JsonObject } from './json.ts';

/** Where an object lives below a cluster's API; `resource` and `namespace` are for words. */
export interface ObjectAt {
  /** Of the inventory. */
  readonly cluster: string;
  /** `/apis/apps/v1/namespaces/joelclaw/statefulsets/redis` */
  readonly path: string;
  readonly resource: string;
  readonly namespace: string | null;
}

/** An object of a cluster that is to become what a manifest says of it. */
export interface ObjectWrite extends ObjectAt {
  /** `statefulset/redis` */
  readonly name: string;
  /** What is sent, by server-side apply. */
  readonly object: JsonObject;
  /** Takes fields from those who have them. */
  readonly force: boolean;
  /** As the cluster has it, with what only the server writes; null where it is not there. */
  readonly live: JsonObject | null;
  /** What a manifest can say of that, as text: by this it is known again. */
  readonly was: string | null;
  /** Of an object that goes back: how, in place of `object`. */
  readonly undo?: ObjectUndo;
}

/**
 * What is applied to have an object be as it was. `all` has its values; where others had any of
 * them these are theirs again first (`theirs`, under a name that is not ours), and `ours` is the rest.
 */
export interface ObjectUndo {
  readonly all: JsonObject;
  readonly handOver: { readonly theirs: JsonObject; readonly ours: JsonObject } | null;
}
