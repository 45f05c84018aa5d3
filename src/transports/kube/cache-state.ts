import type { Transports } from '../contract.ts';
import type { KubeRequest } from '../contract-kube.ts';
import type { Sockets } from '../sockets.ts';
import { type BackOff, createBackOff } from './back-off.ts';
import type { ClusterAccess } from './cluster-access.ts';
import type { ClusterConnection } from './cluster-connection.ts';
import { type HeldObjects, holdObjects } from './held-objects.ts';
import type { SharedJob } from './shared-job.ts';
import type { Silence } from './silence.ts';
import type { Speech } from './speech.ts';
import type { KubeTiming } from './timing.ts';

/** What all caches of a cluster stand on. */
export interface CacheGround {
  readonly connection: ClusterConnection;
  readonly sockets: Sockets;
  readonly tls: Transports['tls'];
  readonly timing: KubeTiming;
  /** Aborted when the transports are closed. */
  readonly signal: AbortSignal;
  /** One of each list. */
  readonly backOffs: Set<BackOff>;
  readonly silence: Silence;
  readonly speech: Speech;
}

export type CacheRequest = Omit<KubeRequest, 'cluster'>;

/** One list of one cluster, and what is known of it. Times without a calendar are monotonic. */
export interface CacheState extends CacheGround {
  readonly request: CacheRequest;
  readonly held: HeldObjects;
  readonly backOff: BackOff;
  access: ClusterAccess | null;
  listing: SharedJob<void> | null;
  /** What a watch can go on from; null when all must be listed. */
  listed: { readonly version: string; readonly atMs: number } | null;
  stopWatch: (() => void) | null;
  watchedBefore: boolean;
  unwatchableUntilMs: number;
  /** Milliseconds since 1970. */
  provenAtMs: number;
  /** How long the last caller waits: so long may a watch take to be accepted. */
  acceptMs: number;
  /** When it was asked last, and how long after the time before: as often must a watch prove it. */
  askedMs: number;
  paceMs: number;
}

export function emptyCache(request: CacheRequest, ground: CacheGround): CacheState {
  const backOff = createBackOff(ground.timing);
  ground.backOffs.add(backOff);
  return {
    ...ground,
    request,
    held: holdObjects(),
    backOff,
    access: null,
    listing: null,
    listed: null,
    stopWatch: null,
    watchedBefore: false,
    unwatchableUntilMs: 0,
    provenAtMs: 0,
    acceptMs: 0,
    askedMs: Number.NEGATIVE_INFINITY,
    paceMs: Number.POSITIVE_INFINITY,
  };
}
