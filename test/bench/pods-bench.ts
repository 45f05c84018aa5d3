import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Amount, Bench, Figure, Unit } from './bench.ts';
import { interleave } from './interleave.ts';
import { type KubeProcess, startKubeProcess } from './kube-process.ts';
import { median } from './median.ts';
import type { PodsCost } from './pods-child.ts';
import { startFolder } from './real-network.ts';
import type { Staged } from './staged.ts';
import { startAll } from './start-all.ts';
import { timedRun } from './timed-run.ts';

const pods = 10_000;
const processes = 5;

/** A cluster of 10,000 pods listed and judged once, beside the mere parsing of these pods. */
export const podsBench: Bench = {
  name: 'pods',
  measure: async (staged) => {
    const rig = await startAll(async (keep) => {
      const kube = await keep(startKubeProcess(pods));
      return { folder: await keep(startFolder(inventoryText(kube))) };
    });
    try {
      return await measureOn(join(rig.folder.root, 'inventory.yaml'), staged);
    } finally {
      await rig.stop();
    }
  },
};

async function measureOn(inventory: string, { node }: Staged): Promise<readonly Figure[]> {
  const child = fileURLToPath(new URL('./pods-child.ts', import.meta.url));
  const run = async (...args: readonly string[]): Promise<PodsCost> =>
    JSON.parse((await timedRun([node, '--expose-gc', child, ...args])).stdout) as PodsCost;
  const taken = await interleave(
    { ours: () => run(inventory), parse: () => run('', String(pods)) },
    processes,
  );
  const figure = (name: string, unit: Unit, read: (cost: PodsCost) => number): Figure => {
    const of = (costs: readonly PodsCost[]): Amount => ({ value: median(costs.map(read)), unit });
    const versus = { name: 'JSON.parse of the same bytes', amount: of(taken.parse) };
    return { name: `10,000 pods: ${name}`, ours: of(taken.ours), n: processes, versus, goal: null };
  };
  const mib = Math.round((taken.parse[0]?.bytes ?? 0) / 2 ** 20);
  const states = Object.entries(Object.groupBy(taken.ours[0]?.states ?? [], (state) => state));
  const said = states.map(([state, checks = []]) => `${checks.length} ${state}`).join(', ');
  return [
    {
      ...figure('list and judge, with the server’s time', 'ms', ({ wallMs }) => wallMs),
      notes: [`${mib} MiB of JSON in pages of 500; checks: ${said}`],
    },
    figure('the same, our processor alone', 'ms CPU', ({ cpuMs }) => cpuMs),
    figure('heap held afterwards', 'MB', ({ heldBytes }) => heldBytes / 2 ** 20),
  ];
}

function inventoryText({ kubeconfig, context }: KubeProcess): string {
  const cluster = { name: 'joelclaw', host: 'here', kubeconfig, context, namespaces: ['joelclaw'] };
  const services = ['inngest', 'qdrant', 'redis'].map((name) => {
    const manager = { kind: 'k8s', cluster: 'joelclaw', workload: `statefulset/${name}` };
    return { name, host: 'here', manager };
  });
  const here = { name: 'here', access: 'local' };
  const defaults = { timeout: '30s' };
  const what = { version: 1, name: 'pods', defaults };
  return JSON.stringify({ ...what, hosts: [here], clusters: [cluster], services });
}
