import type { KubeRequest, KubeResource } from '../contract-kube.ts';

/** Where each resource lives: the core group, or the apps group. */
const groups: Readonly<Record<KubeResource, string>> = {
  namespaces: '/api/v1',
  nodes: '/api/v1',
  pods: '/api/v1',
  events: '/api/v1',
  statefulsets: '/apis/apps/v1',
  deployments: '/apis/apps/v1',
  daemonsets: '/apis/apps/v1',
  replicasets: '/apis/apps/v1',
};

/** The path of a list, without a query. */
export function resourcePath({ resource, namespace }: Omit<KubeRequest, 'cluster'>): string {
  const within = namespace === null ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${groups[resource]}${within}/${resource}`;
}
