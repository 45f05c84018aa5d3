import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type RecordedFunction, recorded, recordedText, type Tree } from './inngest-recorded.ts';

/** How its GraphQL behaves from now on. */
export type Variant =
  | 'well'
  | 'self-hosted'
  | 'worker-dead'
  | 'no-ui'
  | 'invalid'
  | 'slow'
  | 'truncated'
  | 'html'
  | 'error-500'
  | 'hang'
  | 'cut'
  | 'flood';

/** What it tells of, in the place of what was recorded. */
export interface Registration {
  readonly app: string;
  readonly worker: string;
  readonly functions: readonly RecordedFunction[];
  /** The recorded runs, or none. */
  readonly ran: boolean;
}

/** Recorded answers of a real Inngest server over HTTP. A query that it does not know is a test's failure. */
export interface RecordedInngest {
  readonly url: string;
  /** `POST /v0/gql apps`: the method, the path, and the roots of the query. */
  readonly asked: readonly string[];
  /** All that a real server would have changed something by, or that is none of its queries. */
  readonly unexpected: readonly string[];
  /** Bytes of the flood that were taken. */
  flooded(): number;
  /** Resolves with the next query. */
  nextAsked(): Promise<void>;
  vary(variant: Variant): void;
  register(change: Partial<Registration>): void;
  stop(): Promise<void>;
}

const floodBytes = 100 * 1024 * 1024;

/** Starts it on a free port of 127.0.0.1. */
export async function startInngest(first: Registration): Promise<RecordedInngest> {
  const asked: string[] = [];
  const unexpected: string[] = [];
  let variant: Variant = 'well';
  let registration = first;
  let flooded = 0;
  const waiting: (() => void)[] = [];
  const answer = (query: string, response: ServerResponse): void => {
    const roots = rootsOf(query);
    asked.push(`POST /v0/gql ${[...new Set(roots.map(({ root }) => root))].join(' ')}`);
    for (const told of waiting.splice(0)) told();
    const text = answerText(query, registration, variant);
    if (text === null) unexpected.push(query);
    send(response, text ?? recordedText('gql-error-validation.json'), variant, (bytes) => {
      flooded += bytes;
    });
  };
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await request.toArray()).toString();
    const query = queryOf(request, body);
    if (query !== null) return answer(query, response);
    asked.push(`${request.method} ${request.url}`);
    if (request.method === 'GET' && request.url === '/health') {
      return sendJson(response, recordedText('server-health.json'));
    }
    unexpected.push(`${request.method} ${request.url} ${body}`);
    response.statusCode = 404;
    return response.end('404 page not found');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    unexpected,
    flooded: () => flooded,
    nextAsked: () => new Promise((resolve) => void waiting.push(resolve)),
    vary: (now) => {
      variant = now;
    },
    register: (change) => {
      registration = { ...registration, ...change };
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Only a query, never a mutation, and nothing beside it. */
function queryOf({ method, url }: IncomingMessage, body: string): string | null {
  if (method !== 'POST' || url !== '/v0/gql') return null;
  const { query, ...more } = JSON.parse(body) as { query?: string };
  const isQuery = query?.startsWith('{ ') === true && Object.keys(more).length === 0;
  return isQuery ? query : null;
}

interface Root {
  readonly alias: string;
  readonly root: string;
}

/** What stands directly in the braces of the query. */
function rootsOf(query: string): readonly Root[] {
  let depth = 0;
  const top = [...query.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')]
    .map((letter) => {
      if ('})]'.includes(letter)) depth -= 1;
      const shown = depth === 1 && !'{}()[]'.includes(letter) ? letter : ' ';
      if ('{(['.includes(letter)) depth += 1;
      return shown;
    })
    .join('');
  return [...top.matchAll(/(?:(\w+):\s*)?(\w+)/g)].map(([, alias, root = '']) => ({
    alias: alias ?? root,
    root,
  }));
}

function answerText(query: string, wanted: Registration, variant: Variant): string | null {
  const answers = rootsOf(query).map(({ alias, root }) => {
    const value = answerTo(alias, root, wanted, variant);
    return value === undefined ? null : ([alias, value] as const);
  });
  if (answers.length === 0 || answers.includes(null)) return null;
  const data = Object.fromEntries(answers.filter((one) => one !== null));
  return renamed(JSON.stringify({ data }), wanted.app);
}

function answerTo(
  alias: string,
  root: string,
  wanted: Registration,
  variant: Variant,
): Tree | undefined {
  if (root === 'apps') return [appOf(wanted, variant)];
  if (root === 'runs') {
    return alias === 'recent' && wanted.ran ? recorded('gql-runs.json').data.runs : noRuns;
  }
  if (root === 'runTrace') return recorded('gql-run-trace.json').data.runTrace;
  if (root !== 'runTraceSpanOutputByID') return undefined;
  return recorded('gql-run-error.json').data.runTraceSpanOutputByID;
}

const noRuns = { pageInfo: { hasNextPage: false }, edges: [] };

function appOf({ worker, functions }: Registration, variant: Variant): Tree {
  const recordings: Partial<Record<Variant, string>> = {
    'self-hosted': 'gql-apps-selfhosted.json',
    'worker-dead': 'gql-apps-worker-dead.json',
  };
  const other = recordings[variant];
  const [app] = recorded('gql-apps.json').data.apps;
  return {
    ...app,
    ...(other === undefined ? {} : recorded(other).data.apps[0]),
    url: worker,
    functionCount: functions.length,
    functions: functions.map(({ id, name, triggers }, index) => ({
      id: `00000000-0000-5000-8000-${String(index).padStart(12, '0')}`,
      slug: `system-bus-${id}`,
      name,
      triggers,
    })),
  };
}

function renamed(text: string, app: string): string {
  return text.replaceAll('"system-bus-', `"${app}-`).replaceAll('"system-bus"', `"${app}"`);
}

function sendJson(response: ServerResponse, text: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
}

function send(
  response: ServerResponse,
  text: string,
  variant: Variant,
  onFlood: (bytes: number) => void,
): void {
  switch (variant) {
    case 'no-ui':
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found\n');
      return;
    case 'invalid':
      sendJson(response, recordedText('gql-error-validation.json'));
      return;
    case 'slow':
      setTimeout(() => sendJson(response, text), 150);
      return;
    case 'truncated':
      sendJson(response, text.slice(0, text.length / 2));
      return;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html></html>');
      return;
    case 'error-500':
      sendJson(response, '{"error":"database is locked"}', 500);
      return;
    case 'hang':
      return;
    case 'cut':
      response.writeHead(200, { 'content-length': text.length });
      response.write(text.slice(0, text.length / 2), () => response.destroy());
      return;
    case 'flood':
      flood(response, onFlood);
      return;
    default:
      sendJson(response, text);
  }
}

function flood(response: ServerResponse, onFlood: (bytes: number) => void): void {
  const chunk = Buffer.alloc(256 * 1024, ' ');
  let left = floodBytes;
  response.writeHead(200, { 'content-type': 'application/json' });
  const pour = (): void => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      onFlood(chunk.length);
      if (!response.write(chunk)) return;
    }
    response.end();
  };
  response.on('drain', pour);
  response.on('error', () => {});
  pour();
}
