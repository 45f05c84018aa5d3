import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createKubeApplies, type KubeApplies } from './kube-applies.ts';
import { startKubeServer } from './kube-server.ts';
import { makeNetworkFolder } from './network-folder.ts';
import { type CliEnd, runCli } from './run-cli.ts';

const clusterUid = '11111111-1111-4111-8111-111111111111';
export const redisPath = '/apis/apps/v1/namespaces/home/statefulsets/redis';
export const namespacePath = '/api/v1/namespaces/home';

/** A cluster that takes applies, and the manifests of a namespace and of what is in it. */
export interface ObjectsPlace {
  readonly applies: KubeApplies;
  readonly state: string;
  /** Writes a manifest of the repo. */
  write(name: string, text: string): Promise<void>;
  /** Writes `redis.yaml`, whose image and arguments may be others. */
  redis(image: string, args?: string): Promise<void>;
  infra(words: readonly string[], env?: Readonly<Record<string, string>>): Promise<CliEnd>;
  /** What redis runs now; null where it is not there. */
  image(): string | null;
  /** Names the cluster by another uid in the inventory, or by none. */
  pin(uid: string | null): Promise<void>;
  remove(): Promise<void>;
}

/** The file of what needs the namespace stands before that of the namespace itself. */
export async function makeObjectsPlace(uid: string | null = clusterUid): Promise<ObjectsPlace> {
  const applies = createKubeApplies(clusterUid);
  const server = await startKubeServer({ applies });
  const { kubeconfig, cluster } = server;
  const inventory = (pin: string | null): string => `version: 1
name: objects
hosts: [{name: here}]
clusters:
  - {name: main, host: here, kubeconfig: ${kubeconfig}, context: ${cluster.context}${pin === null ? '' : `, uid: ${pin}`}}
files:
  - {source: redis.yaml, kind: k8s, cluster: main}
  - {source: home.yaml, kind: k8s, cluster: main}
`;
  const folder = await makeNetworkFolder(inventory(uid));
  const write = (name: string, text: string) => writeFile(join(folder.root, name), text);
  const redis = (image: string, args = 'args: [--appendonly, "yes"]'): Promise<void> =>
    write(
      'redis.yaml',
      `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: redis, namespace: home}
spec:
  replicas: 1
  serviceName: redis
  selector: {matchLabels: {app: redis}}
  template:
    metadata: {labels: {app: redis}}
    spec:
      containers: [{name: redis, image: "${image}", ${args}}]
      volumes: [{name: scratch, emptyDir: {}}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: redis, namespace: home}
data: {maxmemory: 256mb}
`,
    );
  await redis('redis:7.4.11');
  await write('home.yaml', 'apiVersion: v1\nkind: Namespace\nmetadata: {name: home}\n');
  return {
    ...{ applies, redis, write, state: folder.state },
    infra: (words, env = {}) =>
      runCli(['infra', ...words, '--root', folder.root], {
        env: { JOELCLAW_STATE: folder.state, ...env },
      }),
    image: () => /redis:[\w.-]+/.exec(JSON.stringify(applies.at(redisPath) ?? {}))?.[0] ?? null,
    pin: (other) => write('inventory.yaml', inventory(other)),
    remove: async () => {
      await folder.remove();
      await server.stop();
    },
  };
}
