import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { parseInventory } from '../../src/inventory/parse-inventory.ts';
import { bind } from '../../src/kinds/bind.ts';
import type { Result } from '../../src/model/result.ts';
import { createLiveTransports } from '../../src/transports/live.ts';
import { recorded, recordedText, troubledParts } from './inngest-server.ts';
import { verdictOf } from './look.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

interface Served {
  readonly port: number;
  readonly asked: readonly string[];
}

/** What was recorded, over real HTTP: a server with GraphQL, and its worker in dev mode. */
async function serveRecordings({ hasGraphql = true } = {}): Promise<Served> {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    const text = Buffer.concat(await request.toArray()).toString();
    asked.push(`${request.method} ${request.url}`);
    response.setHeader('content-type', 'application/json');
    if (request.url === '/api/inngest') {
      return response.end(recordedText('worker-introspection-unsigned-dev.json'));
    }
    if (!hasGraphql || request.url !== '/v0/gql') {
      response.statusCode = 404;
      return response.end('404 page not found');
    }
    return response.end(JSON.stringify({ data: answerTo(JSON.parse(text).query) }));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });
  return { port: (server.address() as AddressInfo).port, asked };
}

function answerTo(query: string): object {
  if (query.includes('apps {')) return recorded('gql-apps.json').data;
  const answer = (alias: string): object | null => {
    if (alias === 'recent') return recorded('gql-runs.json').data.runs;
    if (alias.startsWith('trace')) return recorded('gql-run-trace.json').data.runTrace;
    if (alias.startsWith('error'))
      return recorded('gql-run-error.json').data.runTraceSpanOutputByID;
    return { edges: [] };
  };
  const aliases = [...query.matchAll(/(\w+): run/g)].map(([, alias = '']) => alias);
  return Object.fromEntries(aliases.map((alias) => [alias, answer(alias)]));
}

async function lookAt({ port }: Served): Promise<Result> {
  const text = `version: 1
name: n
hosts: [{name: here}]
inngest:
  - {name: dev, url: "http://127.0.0.1:${port}", worker: "http://127.0.0.1:${port}/api/inngest", app: system-bus}
`;
  const parsed = parseInventory({ file: 'inventory.yaml', text, env: {} });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  const check = bind(parsed.inventory).checks.find(({ kind }) => kind === 'inngest');
  if (!check) throw new Error('no check');
  const transports = createLiveTransports();
  stops.push(() => transports.close());
  const { signal } = new AbortController();
  return check.run({ transports, signal, previous: null });
}

describe('an Inngest server over HTTP', () => {
  it('is asked four queries, its worker one', async () => {
    const served = await serveRecordings();
    const result = await lookAt(served);
    expect(verdictOf(result)).toBe(
      'degraded: video-download: its last run failed: boom: bun install was not run',
    );
    expect(troubledParts(result)).toHaveLength(1);
    expect(result.facts).toMatchObject({ registered: 14, served: 14, expected: 14 });
    expect(served.asked.toSorted()).toEqual([
      'GET /api/inngest',
      ...Array.from({ length: 4 }, () => 'POST /v0/gql'),
    ]);
  });

  it('without its UI is unknown, and says what switched GraphQL off', async () => {
    const result = await lookAt(await serveRecordings({ hasGraphql: false }));
    expect(verdictOf(result)).toBe('unknown: the server has no GraphQL');
    expect(result.fault?.hint).toContain('--no-ui');
  });
});
