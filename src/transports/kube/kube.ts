import { FaultError } from '../../model/errors.ts';
import { type Fault, faultOf } from '../../model/fault.ts';
import type { Cluster } from '../../model/inventory.ts';
import type { CallOptions, Transports } from '../contract.ts';
import type { KubeRequest } from '../contract-kube.ts';
import { withDeadline } from '../deadline.ts';
import type { Sockets } from '../sockets.ts';
import type { AskGround } from './ask-once.ts';
import type { BackOff } from './back-off.ts';
import type { CacheGround } from './cache-state.ts';
import type { ClusterAccess } from './cluster-access.ts';
import { createConnection } from './cluster-connection.ts';
import { deletePod } from './delete-pod.ts';
import { createCache, type KubeCache } from './kube-cache.ts';
import { applyObject, kubeObject } from './kube-object.ts';
import { readPodLog } from './pod-log.ts';
import { rolloutRestart } from './rollout-restart.ts';
import { createSilence } from './silence.ts';
import { createSpeech } from './speech.ts';
import { type KubeTiming, kubeTiming } from './timing.ts';

interface Kube {
  readonly kube: Transports['kube'];
  readonly podLog: Transports['podLog'];
  readonly rolloutRestart: Transports['rolloutRestart'];
  readonly deletePod: Transports['deletePod'];
  readonly kubeObject: Transports['kubeObject'];
  readonly applyObject: Transports['applyObject'];
  close(): void;
}

interface KubeGround {
  readonly sockets: Sockets;
  readonly tls: Transports['tls'];
  readonly timing?: KubeTiming;
}

/**
 * Lists of clusters, each held once and kept by a watch. All trouble is on our side: a cluster whose
 * API cannot be asked is unknown, as what it runs may well go on.
 */
export function createKube({ sockets, tls, timing = kubeTiming }: KubeGround): Kube {
  const closing = new AbortController();
  const grounds = new Map<string, CacheGround>();
  const caches = new Map<string, KubeCache>();

  const groundOf = (cluster: Cluster): CacheGround => {
    const key = JSON.stringify([cluster.kubeconfig, cluster.context]);
    const made = grounds.get(key);
    if (made) return made;
    const connection = createConnection(cluster, sockets);
    const backOffs = new Set<BackOff>();
    const [silence, speech] = [createSilence(), createSpeech()];
    const { signal } = closing;
    const ground = { connection, sockets, tls, timing, signal, backOffs, silence, speech };
    grounds.set(key, ground);
    return ground;
  };
  const cacheOf = ({ cluster, resource, namespace }: KubeRequest): KubeCache => {
    const key = JSON.stringify([cluster.kubeconfig, cluster.context, resource, namespace]);
    const known = caches.get(key);
    if (known) return known;
    const cache = createCache({ resource, namespace }, groundOf(cluster));
    caches.set(key, cache);
    return cache;
  };

  const ask = <T>(
    cluster: Cluster,
    options: CallOptions,
    work: (access: ClusterAccess, more: AskGround) => Promise<T>,
  ): Promise<T> =>
    oursOf(cluster, () =>
      withDeadline(options, async (deadline) => {
        const access = await groundOf(cluster).connection.ready();
        return work(access, { deadline, sockets });
      }),
    );

  return {
    kube: (request, options) => oursOf(request.cluster, () => cacheOf(request)(options)),
    podLog: (request, options) =>
      ask(request.cluster, options, (access, more) => readPodLog(request, access, more)),
    rolloutRestart: (request, options) =>
      ask(request.cluster, options, (access, more) => rolloutRestart(request, access, more)),
    deletePod: (request, options) =>
      ask(request.cluster, options, (access, more) => deletePod(request, access, more)),
    kubeObject: (request, options) =>
      ask(request.cluster, options, (access, more) => kubeObject(request, access, more)),
    applyObject: (request, options) =>
      ask(request.cluster, options, (access, more) => applyObject(request, access, more)),
    close: () => {
      closing.abort();
      for (const { connection } of grounds.values()) connection.close();
    },
  };
}

function oursOf<T>(cluster: Cluster, work: () => Promise<T>): Promise<T> {
  return work().catch((error: unknown) => {
    throw error instanceof FaultError ? ours(error, cluster) : error;
  });
}

function ours(error: FaultError, { name }: Cluster): FaultError {
  const { code, message, hint = hintOf(error.fault, name) } = error.fault;
  const more = hint === undefined ? {} : { hint };
  return new FaultError(faultOf(code, message, { side: 'prober', ...more }), { cause: error });
}

function hintOf({ code }: Fault, name: string): string | undefined {
  return code === 'timeout' ? `is the cluster ${name} up, and is its API server busy?` : undefined;
}
