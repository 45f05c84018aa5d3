import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

export interface Trigger {
  readonly type: string;
  readonly value: string;
}

export interface RegisteredFunction {
  readonly id: string | null;
  readonly slug: string;
  readonly name: string;
  readonly app: string;
  readonly triggers: readonly Trigger[];
}

/** An app as the server knows it. `error` is why the server cannot call its worker. */
export interface RegisteredApp {
  readonly id: string | null;
  readonly name: string;
  readonly url: string | null;
  readonly connected: boolean;
  readonly error: string | null;
  readonly functions: readonly RegisteredFunction[];
}

/** One run; times are RFC 3339 in milliseconds. */
export interface Run {
  readonly id: string;
  readonly slug: string;
  readonly status: string;
  readonly queuedAt: string;
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  readonly byCron: boolean;
  readonly eventName: string | null;
}

/** Reads `apps`. What is not there as it should be is not understood: no app is called well by it. */
export function readApps({ apps }: JsonObject): readonly RegisteredApp[] {
  if (!Array.isArray(apps)) throw notListed('apps');
  return apps.map((app) => {
    const name = isJsonObject(app) ? (wordOf(app['externalID']) ?? wordOf(app['name'])) : null;
    if (!isJsonObject(app) || name === null) throw notListed('apps');
    const { id, url, connected, error, functions } = app;
    if (!Array.isArray(functions)) throw notListed(`the functions of ${name}`);
    return {
      id: wordOf(id),
      name,
      url: wordOf(url),
      connected: connected === true,
      error: wordOf(error),
      functions: functions.map((one) => readFunction(one, name)),
    };
  });
}

function readFunction(value: Json, app: string): RegisteredFunction {
  const { id, slug, name, triggers } = isJsonObject(value) ? value : {};
  const known = wordOf(slug);
  if (known === null) throw notListed(`the functions of ${app}`);
  return {
    id: wordOf(id),
    slug: known,
    name: wordOf(name) ?? known,
    app,
    triggers: readTriggers(triggers),
  };
}

/** Also of the facts of an earlier sample. */
export function readTriggers(triggers: Json | undefined): readonly Trigger[] {
  const list = Array.isArray(triggers) ? triggers.filter(isJsonObject) : [];
  return list.map(({ type, value }) => ({ type: wordOf(type) ?? '', value: wordOf(value) ?? '' }));
}

function notListed(what: string): FaultError {
  return new FaultError(
    faultOf('protocol', `the server does not list ${what}`, {
      side: 'prober',
      hint: 'this Inngest server is of a version that joelclaw does not know',
    }),
  );
}

/** The runs of every alias, each once, newest first. One that is not understood is left out. */
export function readRuns(data: JsonObject): readonly Run[] {
  const byId = new Map<string, Run>();
  for (const connection of Object.values(data)) {
    const edges = isJsonObject(connection) ? connection['edges'] : [];
    for (const edge of Array.isArray(edges) ? edges : []) {
      const run = isJsonObject(edge) ? readRun(edge['node']) : null;
      if (run) byId.set(run.id, run);
    }
  }
  return [...byId.values()].sort((a, b) => (a.queuedAt < b.queuedAt ? 1 : -1));
}

/** When the oldest run of a connection was queued, where it holds only its newest ones. */
export function cutAt(connection: Json | undefined): string | null {
  if (!isJsonObject(connection)) return null;
  const { pageInfo } = connection;
  const isCut = isJsonObject(pageInfo) && pageInfo['hasNextPage'] === true;
  return isCut ? (readRuns({ connection }).at(-1)?.queuedAt ?? null) : null;
}

function readRun(node: Json | undefined): Run | null {
  if (!isJsonObject(node)) return null;
  const id = wordOf(node['id']);
  const status = wordOf(node['status']);
  const queuedAt = timeOf(node['queuedAt']);
  const slug = isJsonObject(node['function']) ? wordOf(node['function']['slug']) : null;
  if (id === null || status === null || queuedAt === null || slug === null) return null;
  const startedAt = timeOf(node['startedAt']);
  const endedAt = timeOf(node['endedAt']);
  return {
    ...{ id, slug, status, queuedAt, startedAt, endedAt },
    byCron: node['cronSchedule'] != null,
    eventName: wordOf(node['eventName']),
  };
}

/** Go writes nanoseconds; a time before 2000 is its zero. */
export function timeOf(value: Json | undefined): string | null {
  const atMs = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return atMs > Date.UTC(2000) ? new Date(atMs).toISOString() : null;
}

export function wordOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
