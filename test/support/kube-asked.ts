import type { KubeResource } from '../../src/transports/contract-kube.ts';

/** A request that came, and what it was answered; null while nothing was. */
export interface KubeAsked {
  readonly verb: 'list' | 'watch';
  readonly resource: KubeResource;
  readonly namespace: string | null;
  readonly query: URLSearchParams;
  status: number | null;
}

/** Which requests; what is left out is any. */
export interface KubeWhich {
  readonly verb?: 'list' | 'watch';
  readonly resource?: KubeResource;
  readonly namespace?: string | null;
  /** Whether it asks for a further page. */
  readonly continued?: boolean;
}

const pathForm =
  /^\/(?:api\/v1|apis\/apps\/v1)(?:\/namespaces\/([^/]+))?\/(namespaces|nodes|pods|events|statefulsets|deployments|daemonsets|replicasets)$/;

/** Null for what is no list or watch of a resource that joelclaw asks for. */
export function parseAsked(method: string, path: string): KubeAsked | null {
  const { pathname, searchParams: query } = new URL(path, 'https://kube.test');
  const [, namespace, resource] = pathForm.exec(pathname) ?? [];
  if (method !== 'GET' || !resource) return null;
  const verb = query.get('watch') === 'true' ? 'watch' : 'list';
  const known = resource as KubeResource;
  return { verb, resource: known, namespace: namespace ?? null, query, status: null };
}

export function fits(
  asked: KubeAsked,
  { verb, resource, namespace, continued }: KubeWhich,
): boolean {
  return (
    (continued === undefined || continued === asked.query.has('continue')) &&
    (verb === undefined || verb === asked.verb) &&
    (resource === undefined || resource === asked.resource) &&
    (namespace === undefined || namespace === asked.namespace)
  );
}
