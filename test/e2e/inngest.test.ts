import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FunctionsReport } from '../../src/model/report.ts';
import { type Watched, watchInngest } from '../support/inngest-network.ts';
import { type RecordedFunction, recordedFunctions } from '../support/inngest-recorded.ts';
import { type RecordedInngest, startInngest, type Variant } from '../support/inngest-server.ts';
import { type InngestWorker, startWorker } from '../support/inngest-worker.ts';
import { givenInngest } from '../support/tiers.ts';

const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

const names = recordedFunctions.map(({ id }) => id);

interface Plan {
  readonly functions?: readonly RecordedFunction[];
  readonly ran?: boolean;
  readonly signed?: boolean;
  readonly expect?: readonly string[];
}

interface Site {
  readonly app: string;
  readonly server: RecordedInngest;
  readonly worker: InngestWorker;
  readonly watched: Watched;
}

/** A worker on the real SDK, the recorded server that knows it, and what joelclaw makes of them. */
async function open(plan: Plan = {}): Promise<Site> {
  const { functions = recordedFunctions, ran = false, signed = false, expect: wanted } = plan;
  const app = `joelclaw-test-${randomBytes(6).toString('hex')}`;
  const worker = await startWorker({ app, functions, signed });
  stops.push(() => worker.stop());
  const server = await startInngest({ app, worker: worker.api, functions, ran });
  stops.push(() => server.stop());
  const entry = { url: server.url, worker: worker.api, app };
  const watched = watchInngest(wanted ? { ...entry, expect: wanted } : entry);
  stops.push(() => watched.close());
  return { app, server, worker, watched };
}

const said = ({ state, note }: FunctionsReport): string => `${state}: ${note}`;

const marked = ({ items }: FunctionsReport, mark: string): readonly string[] =>
  items.filter(({ marks }) => marks.includes(mark)).map(({ name }) => name);

describe('a worker on the real SDK', () => {
  it('in dev mode serves the 14 functions that are registered', async () => {
    const { watched } = await open();
    const functions = await watched.functions();
    expect(functions).toMatchObject({
      state: 'up',
      note: '14 functions',
      registered: 14,
      served: 14,
      expected: 14,
      missing: [],
      unexpected: [],
    });
    expect(functions.items).toHaveLength(14);
    const cron = functions.items.find(({ name }) => name === 'system/adr-sync');
    const next = Date.parse(cron?.nextRun ?? '');
    expect(next % 3_600_000).toBe(0);
    expect(Math.abs(next - Date.now())).toBeLessThanOrEqual(3_600_000);
    expect(functions.items.filter(({ nextRun }) => nextRun !== null)).toHaveLength(1);
  });

  it('in signed mode is alive and hides its count, which is no mismatch', async () => {
    const { server, watched, worker } = await open({ signed: true });
    expect((await fetch(worker.api)).status).toBe(401);
    server.vary('self-hosted');
    expect(await watched.functions()).toMatchObject({
      state: 'up',
      note: '14 functions',
      registered: 14,
      served: null,
    });
  });

  it('that is killed is an error of its app and one story', async () => {
    const { server, watched, worker } = await open();
    expect((await watched.functions()).state).toBe('up');
    await worker.stop();
    const first = await watched.functions();
    expect(said(first)).toMatch(/^degraded: the worker: connection refused by 127\.0\.0\.1:\d+$/);
    // The server finds out within its next poll.
    server.vary('worker-dead');
    const functions = await watched.functions();
    expect(said(functions)).toMatch(/^down: app joelclaw-test-\w+ is not connected: unreachable$/);
    expect(functions.apps[0]).toMatchObject({ connected: false, error: 'unreachable' });
    expect(new Set(functions.items.map(({ state }) => state))).toEqual(new Set(['suppressed']));
    expect(functions.items).toHaveLength(14);
  });

  it('that serves fewer than are registered is told by the counts', async () => {
    const { server, watched, worker } = await open({ functions: recordedFunctions.slice(2) });
    server.register({ functions: recordedFunctions });
    expect(said(await watched.functions())).toBe(
      'degraded: the worker serves 12, 14 are registered',
    );
    expect(await worker.asked()).toEqual(['GET /api/inngest']);
  });

  it.each([
    ['the inventory’s list', true],
    ['the last seen set', false],
  ])('with 12 of the 14 functions names the missing two by %s', async (_title, listed) => {
    const { app, server, watched, worker } = await open(listed ? { expect: names } : {});
    expect((await watched.functions()).state).toBe('up');
    const kept = recordedFunctions.slice(2);
    await worker.stop();
    const fewer = await startWorker({ app, functions: kept, port: worker.port });
    stops.push(() => fewer.stop());
    server.register({ functions: kept });
    const functions = await watched.functions();
    const missing = names.slice(0, 2);
    expect(said(functions)).toBe(`degraded: not registered: ${missing.join(', ')}`);
    expect(functions).toMatchObject({ registered: 12, served: 12, expected: 14, missing });
    expect(marked(functions, 'missing')).toEqual(missing);
  });

  it('with one function too many names it', async () => {
    const extra: RecordedFunction = {
      id: 'left-over',
      name: 'left-over',
      triggers: [{ type: 'EVENT', value: 'old/event' }],
    };
    const functions = [...recordedFunctions, extra];
    const { watched } = await open({ functions, expect: names });
    const report = await watched.functions();
    expect(said(report)).toBe('degraded: not expected: left-over');
    expect(report).toMatchObject({ registered: 15, served: 15, unexpected: ['left-over'] });
    expect(marked(report, 'unexpected')).toEqual(['left-over']);
  });

  it('whose server went back to older triggers is told of the function that nothing starts', async () => {
    const { server, watched } = await open();
    await watched.functions();
    const functions = recordedFunctions.map((one) =>
      one.name === 'system/adr-sync' ? { ...one, triggers: one.triggers.slice(0, 1) } : one,
    );
    server.register({ functions });
    expect(said(await watched.functions())).toBe(
      'degraded: system/adr-sync: its triggers changed: was cron TZ=America/Los_Angeles 0 * * * * and system/adr.edited, is cron TZ=America/Los_Angeles 0 * * * *',
    );
  });

  it('tells the last run that failed in its own words', async () => {
    const { server, watched } = await open({ ran: true });
    const functions = await watched.functions();
    expect(said(functions)).toBe(
      'degraded: video-download: its last run failed: boom: bun install was not run',
    );
    expect(marked(functions, 'failing')).toEqual(['video-download']);
    expect(server.asked.filter((one) => one.startsWith('POST'))).toEqual([
      'POST /v0/gql apps',
      'POST /v0/gql runs',
      'POST /v0/gql runTrace',
      'POST /v0/gql runTraceSpanOutputByID',
    ]);
  });

  it('is restarted behind its supervisor: its start times are a crash loop', async () => {
    const { worker } = await open();
    const plan = { app: 'joelclaw-test-restarts', functions: recordedFunctions };
    const nobody = { url: 'http://127.0.0.1:9', worker: null, app: null };
    const watched = watchInngest({
      ...nobody,
      more: `services:
  - {name: worker, host: here, checks: [{kind: http, url: "${worker.url}", json: {status: running}, count: functions, unit: functions, startedAt: worker.startedAt}]}
`,
    });
    stops.push(() => watched.close());
    const look = async () => (await watched.sample()).services[0];
    let seen = await look();
    expect(seen).toMatchObject({ state: 'up', note: '14 functions', restarts: 0 });
    let running = worker;
    // Two starts within a second may pass for one.
    while ((seen?.restarts ?? 0) < 2) {
      await running.stop();
      running = await startWorker({ ...plan, port: worker.port });
      stops.push(running.stop);
      seen = await look();
    }
    expect(seen).toMatchObject({ state: 'degraded', note: 'restarts again and again' });
    expect(await look()).toMatchObject({ state: 'degraded', note: 'restarts again and again' });
  });
});

describe('an Inngest server', () => {
  let site: Site;
  const stopSite: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    site = await open({ ran: true });
    stopSite.push(...stops.splice(0));
  });

  beforeEach(() => {
    site.server.vary('well');
    site.server.register({ ran: false });
  });

  afterAll(async () => {
    await Promise.all(stopSite.map((stop) => stop()));
  });

  it.each<[Variant, RegExp]>([
    ['no-ui', /^unknown: the server has no GraphQL$/],
    ['invalid', /^unknown: GraphQL says: Cannot query field "nope"/],
    ['slow', /^up: 14 functions$/],
    ['truncated', /^unknown: its answer to GraphQL is not understood$/],
    ['html', /^unknown: its answer to GraphQL is not understood$/],
    ['error-500', /^down: GraphQL answered 500$/],
    ['hang', /^down: no answer within 2 s$/],
    ['cut', /^down: /],
    ['flood', /^unknown: GraphQL answers more than 4 MB$/],
  ])('that is %s', async (variant, verdict) => {
    const { server, watched } = site;
    expect((await watched.functions()).state).toBe('up');
    server.vary(variant);
    const functions = await watched.functions();
    expect(said(functions)).toMatch(verdict);
    // What was known of its functions stays listed, and none is called well that nobody asked about.
    expect(functions.items).toHaveLength(14);
    if (variant !== 'slow') expect(functions.items.map(({ state }) => state)).not.toContain('up');
    if (variant === 'flood') expect(server.flooded()).toBeLessThan(32 * 1024 * 1024);
    server.vary('well');
    expect(said(await watched.functions())).toBe('up: 14 functions');
  });

  it('without its UI is told what switched GraphQL off', async () => {
    const { server, watched } = site;
    server.vary('no-ui');
    const { apps } = await watched.functions();
    expect(apps[0]?.error).toBe('the server has no GraphQL');
  });

  it('and its worker are only ever read: no mutation is a probe', async () => {
    const { server, watched, worker } = site;
    server.register({ ran: true });
    for (const variant of ['well', 'worker-dead', 'invalid', 'no-ui', 'well'] as const) {
      server.vary(variant);
      await watched.functions();
    }
    expect(server.unexpected).toEqual([]);
    for (const one of server.asked) {
      expect(one).toMatch(/^POST \/v0\/gql (?:apps|runs|runTrace|runTraceSpanOutputByID)$/);
    }
    const asked = await worker.asked();
    expect(asked.length).toBeGreaterThanOrEqual(5);
    expect(new Set(asked)).toEqual(new Set(['GET /api/inngest']));
  });
});

describe('the recorded server itself', () => {
  it.each([
    ['PUT', '/api/inngest', '{}'],
    ['POST', '/v0/gql', '{"query":"mutation { deleteApp(id: 1) }"}'],
    ['POST', '/v0/gql', '{"query":"{ workerConnections { id } }"}'],
    ['POST', '/v0/gql', '{"query":"{ apps { id } }","variables":{}}'],
    ['POST', '/e/key', '{"name":"a"}'],
  ])('takes %s %s %s for a failure', async (method, path, body) => {
    const server = await startInngest({ app: 'x', worker: 'y', functions: [], ran: false });
    stops.push(() => server.stop());
    await fetch(`${server.url}${path}`, { method, body });
    expect(server.unexpected).toHaveLength(1);
  });
});

const given = givenInngest();

describe.runIf(given !== null)('the Inngest server of INNGEST_URL', () => {
  it('is understood, as it says of itself', async () => {
    const { url, worker } = given ?? { url: '', worker: null };
    const watched = watchInngest({ url, worker, app: null });
    stops.push(() => watched.close());
    const functions = await watched.functions();
    const query = '{ apps { functionCount } }';
    const answer = await fetch(`${url.replace(/\/+$/, '')}/v0/gql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const { data } = (await answer.json()) as { data: { apps: { functionCount: number }[] } };
    const counted = data.apps.reduce((sum, { functionCount }) => sum + functionCount, 0);
    expect(functions.state).not.toBe('unknown');
    expect(functions.registered).toBe(counted);
    expect(functions.items).toHaveLength(counted);
  });
});
