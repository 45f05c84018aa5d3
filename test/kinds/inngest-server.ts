import type { Previous } from '../../src/kinds/contract.ts';
import {
  appsQuery,
  errorsQuery,
  runsQuery,
  tracesQuery,
  type WantedCron,
} from '../../src/kinds/inngest/queries.ts';
import type { JsonObject } from '../../src/model/json.ts';
import type { Result } from '../../src/model/result.ts';
import { recorded, type Tree } from '../support/inngest-recorded.ts';
import { look } from './look.ts';
import { answered, type Call, nowMs } from './strict-transports.ts';

const url = 'http://inngest:8288';
const worker = 'http://worker:3111/api/inngest';

/** One query that must come, and what it brings. */
export const query = (text: string, answer: object | string | Error): Call => ({
  verb: 'http',
  request: {
    url: `${url}/v0/gql`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    tls: {},
    body: JSON.stringify({ query: text }),
    maxBytes: 4 * 1024 * 1024,
  },
  answer,
});

export const asked = (text: string, data: object): Call =>
  query(text, answered(JSON.stringify({ data })));

const introspected = (answer: object): Call => ({
  verb: 'http',
  request: { url: worker, method: 'GET', headers: {}, tls: {} },
  answer,
});

/** The recorded app, with the cron of its adr-sync taken out unless wanted. */
export function recordedApp(more: JsonObject = {}): Tree {
  return { ...recorded('gql-apps.json').data.apps[0], ...more };
}

const cronId = 'b755d0d4-9646-5115-84cc-18a67c725252';
export const hourly: WantedCron = { id: cronId, cadenceMs: 3_600_000 };

/** A run of a function of the recorded app, so many minutes ago. */
export function runOf(name: string, minutesAgo: number, more: JsonObject = {}): Tree {
  const at = new Date(nowMs - minutesAgo * 60_000).toISOString();
  const ended = new Date(nowMs - minutesAgo * 60_000 + 61).toISOString();
  return {
    node: {
      id: `run-${name}-${minutesAgo}`,
      status: 'COMPLETED',
      queuedAt: at,
      startedAt: at,
      endedAt: ended,
      cronSchedule: null,
      function: { slug: `system-bus-${name}` },
      ...more,
    },
  };
}

/** The hourly cron of the recorded app, which has completed half an hour ago. */
export const cronRan = runOf('system-adr-sync', 30, { cronSchedule: '0 * * * *' });

interface Scene {
  readonly app?: Tree;
  readonly runs?: readonly Tree[];
  readonly running?: readonly Tree[];
  readonly hasMore?: boolean;
  readonly crons?: readonly WantedCron[];
  readonly spec?: JsonObject;
  readonly more?: readonly Call[];
  readonly previous?: Previous;
  readonly worker?: object;
}

/** A sample of a server with the recorded app, its cron well, and what a test changes. */
export function sampleOf({
  app = recordedApp(),
  runs = [cronRan],
  running = [],
  hasMore = false,
  crons = [hourly],
  spec = {},
  more = [],
  previous,
  worker: said,
}: Scene = {}): Promise<Result> {
  const connections = {
    recent: { pageInfo: { hasNextPage: hasMore }, edges: runs },
    running: { edges: running },
  };
  return look({
    kind: 'inngest',
    spec: { name: 'inngest', url, app: 'system-bus', ...(said ? { worker } : {}), ...spec },
    calls: [
      asked(appsQuery, { apps: [app] }),
      asked(runsQuery({ nowMs, appIds: [app.id], crons }), connections),
      ...(said ? [introspected(said)] : []),
      ...more,
    ],
    ...(previous ? { previous } : {}),
  });
}

/** What a failed run is asked for: its trace, then its words. */
export const failureCalls = (runId: string): readonly Call[] => [
  asked(tracesQuery([runId]), { trace0: recorded('gql-run-trace.json').data.runTrace }),
  asked(errorsQuery([recorded('gql-run-trace.json').data.runTrace.outputID]), {
    error0: recorded('gql-run-error.json').data.runTraceSpanOutputByID,
  }),
];

/** A look at a server that answers the first query so, and is asked nothing more. */
export function refusedWith(answer: object): Promise<Result> {
  return look({
    kind: 'inngest',
    spec: { name: 'inngest', url, app: 'system-bus' },
    calls: [query(appsQuery, answer)],
  });
}

/** `name state: note` of the parts that are not well. */
export function troubledParts({ parts }: Result): readonly string[] {
  return parts
    .filter(({ verdict }) => verdict.state !== 'up')
    .map(({ name, verdict }) => `${name} ${verdict.state}: ${verdict.note}`);
}
