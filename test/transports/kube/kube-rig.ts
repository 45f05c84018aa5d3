import type { Cluster } from '../../../src/model/inventory.ts';
import type { Transports } from '../../../src/transports/contract.ts';
import type { KubeList, KubeRequest, KubeResource } from '../../../src/transports/contract-kube.ts';
import { createKube } from '../../../src/transports/kube/kube.ts';
import { type KubeTiming, kubeTiming } from '../../../src/transports/kube/timing.ts';
import { createSockets, type Sockets } from '../../../src/transports/sockets.ts';
import { createTls } from '../../../src/transports/tls.ts';
import { within } from '../../support/calls.ts';
import {
  type KubeServer,
  type KubeServerOptions,
  startKubeServer,
} from '../../support/kube-server.ts';

/** The verb alone, with a server for it; all of it ends with `stop`. */
export interface KubeRig {
  readonly server: KubeServer;
  readonly sockets: Sockets;
  readonly kube: Transports['kube'];
  /** Asks the server's cluster for all namespaces' objects. */
  list(
    resource: KubeResource,
    more?: { timeoutMs?: number; namespace?: string },
  ): Promise<KubeList>;
  close(): void;
  stop(): Promise<void>;
}

/** No list counts as fresh, and waits are short enough to be waited for. */
const quickTiming: KubeTiming = {
  ...kubeTiming,
  freshMs: 0,
  shortestWatchMs: 0,
  backOffMs: 40,
  longestBackOffMs: 400,
};

export async function startKubeRig(
  options: KubeServerOptions & { readonly timing?: Partial<KubeTiming> } = {},
): Promise<KubeRig> {
  const server = await startKubeServer(options);
  const sockets = createSockets();
  const timing = { ...quickTiming, ...options.timing };
  const { kube, close } = createKube({ sockets, tls: createTls(sockets), timing });
  return {
    server,
    sockets,
    kube,
    list: (resource, { timeoutMs = 5000, namespace } = {}) =>
      kube(ask(server.cluster, resource, namespace ?? null), within(timeoutMs)),
    close: () => {
      close();
      sockets.close();
    },
    stop: async () => {
      close();
      sockets.close();
      await server.stop();
    },
  };
}

export function ask(
  cluster: Cluster,
  resource: KubeResource,
  namespace: string | null = null,
): KubeRequest {
  return { cluster, resource, namespace };
}

/** The names of a list's objects, in its order. */
export function namesOf({ items }: KubeList): readonly string[] {
  return items.map(({ metadata }) => (metadata as { readonly name: string }).name);
}
