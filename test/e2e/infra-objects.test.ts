import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { recordedKube } from '../support/kube-objects.ts';
import { type KubeServer, startKubeServer } from '../support/kube-server.ts';
import { makeNetworkFolder, type NetworkFolder } from '../support/network-folder.ts';
import { runCli } from '../support/run-cli.ts';

const redis = '/apis/apps/v1/namespaces/joelclaw/statefulsets/redis';
const dry = `PATCH ${redis}?fieldManager=joelclaw&fieldValidation=Strict&dryRun=All`;
const system = '/api/v1/namespaces/kube-system';
const answer = (status: number, name: string) => ({ status, body: recordedKube(name) });
const uid = '11111111-1111-4111-8111-111111111111';

let server: KubeServer;
let folder: NetworkFolder;
afterEach(async () => {
  await folder.remove();
  await server.stop();
});

type Objects = NonNullable<NonNullable<Parameters<typeof startKubeServer>[0]>['objects']>;

async function infra(objects: Objects, ...args: readonly string[]) {
  server = await startKubeServer({ objects });
  const { kubeconfig, cluster } = server;
  folder = await makeNetworkFolder(`version: 1
name: objects
hosts: [{name: here}]
clusters:
  - {name: joelclaw, host: here, kubeconfig: ${kubeconfig}, context: ${cluster.context}, uid: ${uid}}
files: [{source: redis.yaml, kind: k8s, cluster: joelclaw}]
`);
  await writeFile(
    join(folder.root, 'redis.yaml'),
    `apiVersion: apps/v1
kind: StatefulSet
metadata: {name: redis, namespace: joelclaw}
spec:
  serviceName: redis
  selector: {matchLabels: {app: redis}}
  template:
    metadata: {labels: {app: redis}}
    spec: {containers: [{name: redis, image: "redis:7.4.11-alpine"}]}
`,
  );
  const end = await runCli(['infra', ...args, '--json', '--root', folder.root], {
    env: { JOELCLAW_STATE: folder.state },
  });
  const [item] = JSON.parse(end.stdout).result.items;
  return { code: end.code, item };
}

const namespaceOf = (id: string): Objects => ({
  [`GET ${system}`]: {
    status: 200,
    body: JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { uid: id } }),
  },
});
const known = {
  ...namespaceOf(uid),
  [`GET ${redis}`]: answer(200, 'statefulset-redis-live.json'),
};

describe('infra over the recorded cluster', () => {
  it('shows what an apply would change, by a dry run that takes no field from anybody', async () => {
    const objects = {
      ...known,
      [dry]: answer(409, 'ssa-dryrun-conflict-409.json'),
      [`${dry}&force=true`]: answer(200, 'ssa-dryrun-forced-change.json'),
    };
    const { code, item } = await infra(objects, 'diff');
    expect(code).toBe(0);
    expect(item).toMatchObject({
      ...{ id: 'k8s/redis', verdict: 'unmanaged', action: 'left' },
      change: { added: 1, removed: 1 },
    });
    expect(item.change.lines).toContain('-            - 256mb');
    expect(item.note).toContain('containers[name="redis"].command differs');
  });

  it('ends with 6 where it leaves that as it stands, and writes nothing', async () => {
    const objects = { ...known, [dry]: answer(422, 'ssa-immutable-422.json') };
    const { code, item } = await infra(objects, 'apply', '--yes');
    expect([code, item.action]).toEqual([6, 'left']);
    expect(item.note).toContain('requires replace: StatefulSet.apps "redis" is invalid');
    expect(item.note).not.toContain('kubectl');
  });

  it('believes no other cluster than the pinned one, and is not in sync where it cannot ask', async () => {
    const { code, item } = await infra(namespaceOf('another'), 'plan');
    expect([code, item.verdict]).toEqual([1, 'unknown']);
    expect(item.note).toContain('another cluster answers: its uid is another');
  });

  it('is exit 1 where the server refuses the manifest, whatever else stands', async () => {
    const wrong = { code: 422, message: 'StatefulSet.apps "redis" is invalid: spec.replicas: -1' };
    const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', ...wrong };
    const objects = { ...known, [dry]: { status: 422, body: JSON.stringify(status) } };
    const { code, item } = await infra(objects, 'plan');
    expect([code, item.verdict]).toEqual([1, 'unknown']);
    expect(item.note).toBe(
      `statefulset/redis is unknown: the API server refuses it: ${wrong.message}`,
    );
  });

  it('names what may not be asked', async () => {
    const forbidden = {
      ...{ kind: 'Status', apiVersion: 'v1', status: 'Failure', reason: 'Forbidden', code: 403 },
      message:
        'statefulsets.apps "redis" is forbidden: User "viewer" cannot patch resource "statefulsets" in API group "apps" in the namespace "joelclaw"',
    };
    const objects = { ...known, [dry]: { status: 403, body: JSON.stringify(forbidden) } };
    const { code, item } = await infra(objects, 'drift');
    expect([code, item.note]).toEqual([1, 'we may not patch statefulsets in namespace joelclaw']);
  });
});
