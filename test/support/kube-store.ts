import type { JsonObject } from '../../src/model/json.ts';
import type { KubeResource } from '../../src/transports/contract-kube.ts';
import type { KubeAsked } from './kube-asked.ts';
import { kubeKinds, recordedKube, recordedList } from './kube-objects.ts';

/** What a served cluster has. Each change gets a higher version, and is told to those who follow. */
export interface KubeStore {
  items(resource: KubeResource): readonly JsonObject[];
  /** Has these instead, as if they had always been; nobody is told. */
  replace(resource: KubeResource, items: readonly JsonObject[]): void;
  /** Adds an object or changes the one of its name and namespace. */
  put(resource: KubeResource, object: JsonObject): void;
  remove(resource: KubeResource, object: JsonObject): void;
  /** Tells followers how far they are. */
  bookmark(resource: KubeResource): void;
  bookmarkFor(resource: KubeResource): string;
  /** Forgets what was: a watch from before gets ERROR 410. */
  compact(): void;
  /** So many continue tokens will have expired. */
  expireTokens(times: number): void;
  /** By `limit` and `continue`. */
  page(asked: KubeAsked): { readonly status: number; readonly body: string };
  /** Says what came since the asked version, and then what comes; the returned function ends it. */
  follow(asked: KubeAsked, say: (line: string) => void): () => void;
}

interface Change {
  readonly version: number;
  readonly resource: KubeResource;
  readonly namespace: string;
  readonly line: string;
}

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
}

export function createKubeStore(): KubeStore {
  const lists = new Map<KubeResource, readonly JsonObject[]>();
  const history: Change[] = [];
  const followers = new Set<(change: Change) => void>();
  let version = 1100;
  let oldest = 0;
  let expiring = 0;

  const items: KubeStore['items'] = (resource) => {
    const known = lists.get(resource) ?? sorted(recordedList(resource).items);
    lists.set(resource, known);
    return known;
  };
  const change = (type: string, resource: KubeResource, object: JsonObject): void => {
    version++;
    const [kind, apiVersion] = kubeKinds[resource];
    const metadata = { ...(object['metadata'] as JsonObject), resourceVersion: String(version) };
    const changed: JsonObject = { ...object, metadata };
    const others = items(resource).filter((one) => keyOf(one) !== keyOf(object));
    lists.set(resource, type === 'DELETED' ? others : sorted([...others, changed]));
    const line = JSON.stringify({ type, object: { kind, apiVersion, ...changed } });
    const made = { version, resource, namespace: metadataOf(object).namespace ?? '', line };
    history.push(made);
    for (const tell of followers) tell(made);
  };
  const bookmarkFor: KubeStore['bookmarkFor'] = (resource) => {
    const [kind, apiVersion] = kubeKinds[resource];
    const object = { kind, apiVersion, metadata: { resourceVersion: String(version) } };
    return JSON.stringify({ type: 'BOOKMARK', object });
  };

  return {
    items,
    replace: (resource, next) => void lists.set(resource, sorted(next)),
    put: (resource, object) => {
      const known = items(resource).some((one) => keyOf(one) === keyOf(object));
      change(known ? 'MODIFIED' : 'ADDED', resource, object);
    },
    remove: (resource, object) => change('DELETED', resource, object),
    bookmark: (resource) => {
      version++;
      for (const tell of followers)
        tell({ version, resource, namespace: '', line: bookmarkFor(resource) });
    },
    bookmarkFor,
    compact: () => {
      oldest = version + 1;
      version++;
    },
    expireTokens: (times) => {
      expiring = times;
    },
    page: ({ resource, namespace, query }) => {
      const limit = Number(query.get('limit') ?? Number.POSITIVE_INFINITY);
      const token = query.get('continue');
      if (token && expiring > 0) {
        expiring--;
        return { status: 410, body: expired };
      }
      const { start, at } = token ? readToken(token) : { start: 0, at: version };
      const all = items(resource).filter((one) => isWithin(one, namespace));
      const left = all.length - start - limit;
      const more =
        left > 0 ? { continue: writeToken(start + limit, at), remainingItemCount: left } : {};
      const [kind, apiVersion] = kubeKinds[resource];
      const metadata = { resourceVersion: String(at), ...more };
      const shown = all.slice(start, start + limit);
      const list = { kind: `${kind}List`, apiVersion, metadata, items: shown };
      return { status: 200, body: JSON.stringify(list) };
    },
    follow: ({ resource, namespace, query }, say) => {
      const from = Number(query.get('resourceVersion'));
      if (from < oldest) {
        say(recordedKube('watch-resourceversion-too-old.jsonl').trim());
        return () => {};
      }
      const concerns = (made: Change): boolean =>
        made.resource === resource &&
        (namespace === null || made.namespace === '' || made.namespace === namespace);
      for (const made of history) if (made.version > from && concerns(made)) say(made.line);
      const tell = (made: Change): void => {
        if (concerns(made)) say(made.line);
      };
      followers.add(tell);
      return () => void followers.delete(tell);
    },
  };
}

const expired = JSON.stringify({
  kind: 'Status',
  apiVersion: 'v1',
  metadata: {},
  status: 'Failure',
  message: 'The provided continue parameter is too old to display a consistent list result.',
  reason: 'Expired',
  code: 410,
});

function metadataOf(object: JsonObject): Metadata {
  return object['metadata'] as unknown as Metadata;
}

function keyOf(object: JsonObject): string {
  const { name, namespace = '' } = metadataOf(object);
  return `${namespace}\u0000${name}`;
}

function sorted(items: readonly JsonObject[]): readonly JsonObject[] {
  return items.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function isWithin(object: JsonObject, namespace: string | null): boolean {
  return namespace === null || metadataOf(object).namespace === namespace;
}

function writeToken(start: number, at: number): string {
  return Buffer.from(JSON.stringify({ start, at })).toString('base64');
}

function readToken(token: string): { readonly start: number; readonly at: number } {
  return JSON.parse(Buffer.from(token, 'base64').toString('utf8')) as { start: number; at: number };
}
