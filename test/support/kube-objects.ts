import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { JsonObject } from '../../src/model/json.ts';
import type { KubeResource } from '../../src/transports/contract-kube.ts';

/** A text that a real API server (1.36) answered. */
export function recordedKube(name: string): string {
  return readFileSync(
    fileURLToPath(new URL(`../fixtures/kubernetes/${name}`, import.meta.url)),
    'utf8',
  );
}

interface RecordedList {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly JsonObject[];
}

/** The list as it was recorded; empty for what the recorded cluster did not run. */
export function recordedList(resource: KubeResource): RecordedList {
  const recorded: ReadonlySet<string> = new Set([
    'namespaces',
    'nodes',
    'pods',
    'events',
    'statefulsets',
  ]);
  if (!recorded.has(resource)) return { metadata: { resourceVersion: '1050' }, items: [] };
  return JSON.parse(recordedKube(`${resource}.json`)) as RecordedList;
}

/** `kind` of a list's items and the group's `apiVersion`, which only events of a watch carry. */
export const kubeKinds: Readonly<Record<KubeResource, readonly [kind: string, version: string]>> = {
  namespaces: ['Namespace', 'v1'],
  nodes: ['Node', 'v1'],
  pods: ['Pod', 'v1'],
  events: ['Event', 'v1'],
  statefulsets: ['StatefulSet', 'apps/v1'],
  deployments: ['Deployment', 'apps/v1'],
  daemonsets: ['DaemonSet', 'apps/v1'],
  replicasets: ['ReplicaSet', 'apps/v1'],
};

/** Pods as big as recorded ones, each with a name, a uid and a version of its own. */
export function manyPods(count: number): readonly JsonObject[] {
  const { items } = recordedList('pods');
  return Array.from({ length: count }, (_, index) => {
    const pod = structuredClone(items[index % items.length]) as {
      metadata: Record<string, string>;
    };
    pod.metadata['name'] = `pod-${String(index).padStart(6, '0')}`;
    pod.metadata['uid'] = `uid-${index}`;
    pod.metadata['resourceVersion'] = String(100 + index);
    return pod as unknown as JsonObject;
  });
}
