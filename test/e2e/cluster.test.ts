import { hostname } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordedList } from '../support/kube-objects.ts';
import { type KubeServer, startKubeServer } from '../support/kube-server.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { runCli } from '../support/run-cli.ts';

interface Check {
  readonly id: string;
  readonly state: string;
  readonly note: string;
  readonly fault: { readonly code: string; readonly hint?: string } | null;
}

interface Answer {
  readonly nodes: readonly (Check & { readonly name: string; readonly checks: readonly Check[] })[];
  readonly services: readonly (Check & {
    readonly because: string | null;
    readonly checks: readonly Check[];
  })[];
}

let server: KubeServer;
let folder: NetworkFolder;

function inventoryText({ kubeconfig, cluster }: KubeServer): string {
  const service = (name: string): string =>
    `  - {name: ${name}, host: here, manager: {kind: k8s, cluster: main, workload: statefulset/${name}}}`;
  return `version: 1
name: cluster
hosts: [{name: here, access: local, hostname: ${hostname()}}]
clusters:
  - {name: main, host: here, kubeconfig: ${kubeconfig}, context: ${cluster.context}, namespaces: [joelclaw]}
services:
${['redis', 'qdrant', 'inngest', 'gone'].map(service).join('\n')}
`;
}

beforeEach(async () => {
  server = await startKubeServer();
  folder = await makeNetworkFolder(inventoryText(server));
});

afterEach(async () => {
  await folder.remove();
  await server.stop();
});

async function sample(): Promise<Answer> {
  const { stdout, stderr } = await runCli(['--headless', '--json', '--root', folder.root], {
    env: { JOELCLAW_STATE: folder.state },
  });
  expect(stderr).toBe('');
  return (JSON.parse(stdout) as { readonly result: Answer }).result;
}

async function states(): Promise<Readonly<Record<string, string>>> {
  const { services } = await sample();
  return Object.fromEntries(services.map(({ id, state, note }) => [id, `${state}: ${note}`]));
}

async function clusterCheck(): Promise<Check | undefined> {
  const { nodes } = await sample();
  return nodes[0]?.checks.find(({ id }) => id === 'here/cluster:main');
}

describe('a sample of a cluster that answers as a real one was recorded', () => {
  it('has its workloads as the server counts them, and its node', async () => {
    const { items } = recordedList('statefulsets');
    expect(items.map(({ status }) => (status as { readyReplicas: number }).readyReplicas)).toEqual([
      1, 1, 1,
    ]);
    expect(await states()).toEqual({
      'here/redis': 'up: ',
      'here/qdrant': 'up: ',
      'here/inngest': 'up: ',
      'here/gone': expect.stringMatching(/^down: /),
    });
    const { nodes } = await sample();
    expect(nodes.map(({ name, state }) => [name, state])).toContainEqual([
      'joelclaw-controlplane-1',
      expect.stringMatching(/^(up|degraded)$/),
    ]);
  });

  it('lists once and opens no watch', async () => {
    await sample();
    expect(server.asked({ resource: 'statefulsets' })).toHaveLength(1);
    expect(server.asked({ verb: 'watch' })).toEqual([]);
    expect(server.openWatches()).toBe(0);
  });

  it('names a pod that crashes and is restarted behind its workload', async () => {
    const [pod] = server.store
      .items('pods')
      .filter(({ metadata }) => nameOf(metadata) === 'redis-0');
    const [crashing] = server.store
      .items('pods')
      .filter(({ metadata }) => nameOf(metadata) === 'crashloop');
    const set = server.store
      .items('statefulsets')
      .find(({ metadata }) => nameOf(metadata) === 'redis');
    if (!pod || !crashing || !set) throw new Error('the recording holds no such pod');
    server.store.put('pods', { ...pod, status: crashing['status'] ?? null });
    server.store.put('statefulsets', {
      ...set,
      status: { ...(set['status'] as object), readyReplicas: 0 },
    });
    const note = (await states())['here/redis'];
    expect(note).toMatch(/^down: .*CrashLoopBackOff/);
  });
});

describe('a cluster that cannot be asked is unknown, and says why', () => {
  it('as its port refuses', async () => {
    await server.goAway();
    const check = await clusterCheck();
    expect(check).toMatchObject({ state: 'unknown', fault: { code: 'refused' } });
    expect(check?.fault?.hint).toMatch(/port/);
    const { services } = await sample();
    expect(services.map(({ state, because }) => [state, because])).toEqual(
      Array(4).fill(['unknown', 'here/cluster:main']),
    );
    await server.comeBack();
  });

  it('as it does not take our credentials', async () => {
    server.behave(
      {},
      { status: 401, body: '{"kind":"Status","code":401,"reason":"Unauthorized"}' },
    );
    expect(await clusterCheck()).toMatchObject({ state: 'unknown', fault: { code: 'auth' } });
  });
});

function nameOf(metadata: unknown): string {
  return (metadata as { readonly name: string }).name;
}
