import { manyPods } from '../support/kube-objects.ts';
import { startKubeServer } from '../support/kube-server.ts';
import { kubectlPages } from './kubectl-pages.ts';

// The recorded cluster in a process of its own, so that what it does is not done by the loop of whoever
// measures. It tells its parent what it was asked whenever it is told anything but `stop`.

/** What the cluster's process says once it listens. */
export interface KubeReady {
  readonly kubeconfig: string;
  readonly context: string;
}

/** What it was asked so far. */
export interface KubeReading {
  /** Connections that were ever accepted. */
  readonly connections: number;
  /** Open watches, by resource. */
  readonly watching: Readonly<Record<string, number>>;
  /** Watches that were ever asked for. */
  readonly watches: number;
}

const [pods = '0'] = process.argv.slice(2);
const server = await startKubeServer({ pages: kubectlPages });
if (Number(pods) > 0) server.store.replace('pods', manyPods(Number(pods)));
process.on('message', (word) => void (word === 'stop' ? end() : process.send?.(reading())));
process.once('disconnect', () => void server.stop());
const { kubeconfig, cluster } = server;
const ready: KubeReady = { kubeconfig, context: cluster.context ?? '' };
process.send?.(ready);

function reading(): KubeReading {
  const watches = server.asked({ verb: 'watch' });
  const resources = [...new Set(watches.map(({ resource }) => resource))];
  const watching = resources.map((resource) => [resource, server.openWatches({ resource })]);
  return {
    connections: server.sockets().ever,
    watching: Object.fromEntries(watching),
    watches: watches.length,
  };
}

/** Rejects, and so ends with 1, when anything was asked that joelclaw or kubectl should not ask. */
async function end(): Promise<void> {
  process.removeAllListeners('disconnect');
  await server.stop();
  process.disconnect();
}
