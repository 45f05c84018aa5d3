import { FaultError } from '../../model/errors.ts';
import type { Cluster } from '../../model/inventory.ts';
import { reasonOf } from '../deadline.ts';
import type { Sockets } from '../sockets.ts';
import { type ClusterAccess, openAccess } from './cluster-access.ts';
import { loadKubeconfig, modifiedMsOf } from './kubeconfig.ts';

/** One cluster's access, which is made anew when its kubeconfig says something else. */
export interface ClusterConnection {
  /** Asks the file's time, and reads it when it is due. */
  ready(): Promise<ClusterAccess>;
  /** The next call reads the kubeconfig anew: its credentials or its port may have changed. */
  distrust(access: ClusterAccess, error: unknown): void;
  close(): void;
}

const doubtful: ReadonlySet<string> = new Set(['auth', 'tls', 'refused']);

export function createConnection(cluster: Cluster, sockets: Sockets): ClusterConnection {
  const closing = new AbortController();
  let current: { readonly access: ClusterAccess; readonly modifiedMs: number } | null = null;
  let distrusted = false;
  let loading: Promise<ClusterAccess> | null = null;

  const load = async (): Promise<ClusterAccess> => {
    const modifiedMs = await modifiedMsOf(cluster);
    const unchanged = current && (modifiedMs === null || modifiedMs === current.modifiedMs);
    if (current && unchanged && !distrusted) return current.access;
    const loaded = await loadKubeconfig(cluster);
    if (closing.signal.aborted) throw reasonOf(closing.signal);
    const same = current?.access.fingerprint === loaded.fingerprint && !distrusted;
    if (!same) current?.access.close();
    const access = current && same ? current.access : openAccess(loaded, cluster, sockets);
    current = { access, modifiedMs: loaded.modifiedMs };
    distrusted = false;
    return access;
  };

  return {
    ready: () => {
      loading ??= load().finally(() => {
        loading = null;
      });
      return loading;
    },
    distrust: (access, error) => {
      const code = error instanceof FaultError ? error.fault.code : '';
      if (access === current?.access && doubtful.has(code)) distrusted = true;
    },
    close: () => {
      closing.abort();
      current?.access.close();
    },
  };
}
