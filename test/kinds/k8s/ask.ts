import { readFileSync } from 'node:fs';
import type { Previous } from '../../../src/kinds/contract.ts';
import type { Cluster } from '../../../src/model/inventory.ts';
import type { JsonObject } from '../../../src/model/json.ts';
import type { Result } from '../../../src/model/result.ts';
import { look } from '../look.ts';
import { nowMs } from '../strict-transports.ts';

export const cluster: Cluster = {
  name: 'joelclaw',
  host: 'panda',
  kubeconfig: '~/.kube/config',
  context: 'admin@joelclaw',
  namespaces: ['joelclaw'],
  uid: null,
  dependsOn: [],
};

/** The items of a recorded list, as the API server sent them. */
export function recorded(name: string): readonly JsonObject[] {
  const path = new URL(`../../fixtures/kubernetes/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')).items;
}

/** One recorded object, as the API server sent it. */
export function recordedObject(name: string): JsonObject {
  const path = new URL(`../../fixtures/kubernetes/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The lines of a recorded watch. */
export function recordedEvents(name: string): readonly { type: string; object: JsonObject }[] {
  const path = new URL(`../../fixtures/kubernetes/${name}.jsonl`, import.meta.url);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

export type Answer = readonly JsonObject[] | Error;

export interface Asked {
  readonly workload?: string;
  /** By resource: what the cluster lists, in the namespace that is asked for. */
  readonly lists: Readonly<Record<string, Answer>>;
  readonly namespace?: string | null;
  readonly cluster?: Partial<Cluster>;
  readonly previous?: Previous;
  readonly atMs?: number;
}

/** Looks at a workload; the cluster is asked for exactly these lists. */
export function lookAt({
  workload = 'statefulset/redis',
  lists,
  namespace = 'joelclaw',
  atMs = nowMs,
  ...more
}: Asked): Promise<Result> {
  return look({
    kind: 'k8s',
    spec: { cluster: 'joelclaw', workload },
    cluster: { ...cluster, ...more.cluster },
    ...(more.previous ? { previous: more.previous } : {}),
    atMs,
    calls: Object.entries(lists).map(([resource, items]) => {
      const of = resource === 'namespaces' ? null : namespace;
      const request = { cluster: 'joelclaw', resource, namespace: of };
      return { verb: 'kube', request, answer: answerOf(items, atMs) };
    }),
  });
}

function answerOf(items: Answer, provenAtMs: number): object {
  return items instanceof Error ? items : { items, provenAtMs };
}
