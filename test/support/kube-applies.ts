import { createHash } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject } from '../../src/model/json.ts';
import { type Fields, fieldsOf, fieldsV1, fieldWords, objectOf } from './kube-fields.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Objects of an API server that takes server-side applies as kube-apiserver 1.36 does. */
export interface KubeApplies {
  /** Whether a URL is that of an object. */
  knows(url: string): boolean;
  /** The answer to a request; null for a path that is none of an object. */
  answer(method: string, url: string, body: string): Answer | null;
  /** The object at a path; undefined where there is none. */
  at(path: string): JsonObject | undefined;
  /** Somebody's apply by force, as `kubectl edit` leaves it. */
  byHand(path: string, object: JsonObject, manager?: string): void;
  /** A controller's report of it: another version of the same object. */
  report(path: string): void;
  /** Told of each question before it is answered; with a status it is refused. */
  onAsked: (method: string, path: string, query: URLSearchParams) => number | undefined;
  /** Another cluster answers from now on: what it has is the same. */
  become(uid: string): void;
  /** The paths of all applies that were carried out, the first one first. */
  readonly applied: string[];
  readonly deleted: string[];
}

interface Kept {
  readonly fields: Fields;
  readonly owners: ReadonlyMap<string, ReadonlySet<string>>;
  readonly generation: number;
  readonly uid: string;
  readonly version: number;
}

const known =
  /^\/(?:api|apis)\/.*\/(?:namespaces|statefulsets|services|configmaps|pods|secrets)\/[^/]+$/;

/**
 * A template whose image says `broken` gives a pod that never becomes ready; of a StatefulSet it stays
 * as it is when the template is put back, until it is deleted.
 */
export function createKubeApplies(clusterUid: string): KubeApplies {
  const objects = new Map<string, Kept>();
  const pods = new Map<string, JsonObject>();
  const revisions = new Map<string, { current: string; update: string }>();
  const applied: string[] = [];
  const deleted: string[] = [];
  const become = (uid: string): void => {
    const metadata = { name: 'kube-system' };
    const fields = fieldsOf({ apiVersion: 'v1', kind: 'Namespace', metadata });
    objects.set('/api/v1/namespaces/kube-system', {
      owners: new Map(),
      generation: 1,
      version: 1,
      uid,
      fields,
    });
  };
  become(clusterUid);

  const shown = (path: string, kept: Kept): JsonObject => {
    const { fields, owners, generation, uid, version } = kept;
    const object = objectOf(fields);
    const managedFields = [...owners].map(([manager, ways]) => ({
      ...{ manager, operation: 'Apply', fieldsType: 'FieldsV1', fieldsV1: fieldsV1(ways) },
    }));
    const own = { uid, generation, resourceVersion: String(version), managedFields };
    const metadata = { ...(object['metadata'] as JsonObject), ...own };
    const status = statusOf(path, object, generation);
    return { ...object, metadata, ...(status ? { status } : {}) };
  };
  const statusOf = (path: string, object: JsonObject, generation: number): JsonObject | null => {
    const revision = revisions.get(path);
    if (object['kind'] !== 'StatefulSet' || !revision) return null;
    const pod = pods.get(podPath(path));
    const isReady = JSON.stringify(pod).includes('"True"');
    const isUpdated = labelOf(pod) === revision.update;
    return {
      ...{ observedGeneration: generation, replicas: 1, readyReplicas: isReady ? 1 : 0 },
      updatedReplicas: isUpdated ? 1 : 0,
      currentRevision: isReady && isUpdated ? revision.update : revision.current,
      updateRevision: revision.update,
    };
  };
  const roll = (path: string, object: JsonObject): void => {
    if (object['kind'] !== 'StatefulSet') return;
    const template = (object['spec'] as JsonObject)['template'] ?? null;
    const update = createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 6);
    const before = revisions.get(path);
    if (before?.update === update) return;
    const pod = pods.get(podPath(path));
    const isStuck = pod !== undefined && !JSON.stringify(pod).includes('"True"');
    revisions.set(path, { current: before?.current ?? update, update });
    if (!isStuck) pods.set(podPath(path), podOf(update, template));
  };
  const change = (path: string, object: JsonObject, manager: string): Kept => {
    const kept = objects.get(path);
    const [fields, owners] = withFields(kept, fieldsOf(object), manager);
    const isOther = JSON.stringify([...fields]) !== JSON.stringify([...(kept?.fields ?? [])]);
    const generation = (kept?.generation ?? 0) + (isOther ? 1 : 0);
    const version = (kept?.version ?? 0) + 1;
    return { fields, owners, generation, version, uid: kept?.uid ?? `uid ${path}` };
  };
  const commit = (path: string, kept: Kept): void => {
    objects.set(path, kept);
    roll(path, objectOf(kept.fields));
  };

  const apply = (path: string, query: URLSearchParams, body: string): Answer => {
    const [object, version] = withoutVersion(JSON.parse(body) as JsonObject);
    const namespace = /\/namespaces\/([^/]+)\/./.exec(path)?.[1];
    if (namespace && !objects.has(`/api/v1/namespaces/${namespace}`)) {
      return failure(404, `namespaces "${namespace}" not found`, { name: namespace });
    }
    const kept = objects.get(path);
    if (version !== null && version !== String(kept?.version)) {
      return failure(409, 'the object has been modified; please apply your changes', {});
    }
    const manager = query.get('fieldManager') ?? '';
    const taken = conflictsOf(kept, fieldsOf(object), manager);
    if (taken.length > 0 && query.get('force') !== 'true') {
      const causes = taken.map(([owner, way]) => ({
        ...{ reason: 'FieldManagerConflict', message: `conflict with "${owner}"` },
        field: fieldWords(way),
      }));
      return failure(409, `Apply failed with ${taken.length} conflicts`, { causes });
    }
    const next = change(path, object, manager);
    if (query.get('dryRun') === 'All') return ok(shown(path, next));
    applied.push(path);
    commit(path, next);
    return ok(shown(path, next));
  };

  const applies: KubeApplies = {
    onAsked: () => undefined,
    ...{ become, applied, deleted },
    at: (path) => {
      const kept = objects.get(path);
      return kept && shown(path, kept);
    },
    byHand: (path, object, manager = 'kubectl-edit') => commit(path, change(path, object, manager)),
    report: (path) => {
      const kept = objects.get(path);
      if (kept) objects.set(path, { ...kept, version: kept.version + 1 });
    },
    knows: (url) => known.test(new URL(url, 'https://127.0.0.1').pathname),
    answer: (method, url, body) => {
      const { pathname, searchParams } = new URL(url, 'https://127.0.0.1');
      if (!known.test(pathname)) return null;
      const refusal = applies.onAsked(method, pathname, searchParams);
      if (refusal !== undefined) return failure(refusal, 'not now', {});
      const pod = pods.get(pathname);
      if (method === 'DELETE') {
        deleted.push(pathname);
        pods.delete(pathname);
        const path = pathname
          .replace('/api/v1/', '/apis/apps/v1/')
          .replace(/pods\/(.*)-0$/, 'statefulsets/$1');
        const kept = objects.get(path);
        const update = revisions.get(path)?.update ?? '';
        if (kept) pods.set(pathname, podOf(update, JSON.stringify(objectOf(kept.fields))));
        return ok({ kind: 'Status', status: 'Success' });
      }
      if (method === 'PATCH') return apply(pathname, searchParams, body);
      const kept = objects.get(pathname);
      if (pod) return ok(pod);
      const name = pathname.split('/').at(-1) ?? '';
      return kept ? ok(shown(pathname, kept)) : failure(404, `${name} not found`, { name });
    },
  };
  return applies;
}

/** An apply that names a version is for that one alone. */
function withoutVersion(object: JsonObject): readonly [JsonObject, Json] {
  const { resourceVersion = null, ...metadata } = object['metadata'] as JsonObject;
  return [{ ...object, metadata }, resourceVersion];
}

/** What an apply makes of the leaves, and whose they are then. */
function withFields(
  kept: Kept | undefined,
  wanted: Fields,
  manager: string,
): readonly [Fields, ReadonlyMap<string, ReadonlySet<string>>] {
  const owners = new Map([...(kept?.owners ?? [])].map(([who, ways]) => [who, new Set(ways)]));
  const own = owners.get(manager) ?? new Set<string>();
  const others = [...owners].filter(([who]) => who !== manager).map(([, ways]) => ways);
  const fields = new Map(kept?.fields);
  for (const way of own) {
    if (!wanted.has(way) && !others.some((ways) => ways.has(way))) fields.delete(way);
  }
  for (const [way, value] of wanted) {
    if (!isEqual(fields.get(way), value)) for (const ways of others) ways.delete(way);
    fields.set(way, value);
  }
  owners.set(manager, new Set(wanted.keys()));
  return [fields, owners];
}

function conflictsOf(kept: Kept | undefined, wanted: Fields, manager: string) {
  return [...(kept?.owners ?? [])].flatMap(([who, ways]) =>
    [...wanted].flatMap(([way, value]) =>
      who !== manager && ways.has(way) && !isEqual(kept?.fields.get(way), value)
        ? [[who, way] as const]
        : [],
    ),
  );
}

function isEqual(a: Json | undefined, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function podPath(path: string): string {
  return `${path.replace('/apis/apps/v1/', '/api/v1/').replace('statefulsets/', 'pods/')}-0`;
}

function podOf(revision: string, template: Json): JsonObject {
  const status = JSON.stringify(template).includes('broken') ? 'False' : 'True';
  const metadata = { uid: `pod of ${revision}`, labels: { 'controller-revision-hash': revision } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata,
    status: { conditions: [{ type: 'Ready', status }] },
  };
}

function labelOf(pod: JsonObject | undefined): Json | undefined {
  const labels = isJsonObject(pod?.['metadata']) ? pod['metadata']['labels'] : undefined;
  return isJsonObject(labels) ? labels['controller-revision-hash'] : undefined;
}

function ok(object: JsonObject): Answer {
  return { status: 200, body: JSON.stringify(object) };
}

function failure(code: number, message: string, details: JsonObject): Answer {
  const status = { kind: 'Status', apiVersion: 'v1', status: 'Failure', message, code, details };
  return { status: code, body: JSON.stringify(status) };
}
