import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appsQuery, errorsQuery, runsQuery, tracesQuery } from '../../src/kinds/inngest/queries.ts';
import { FaultError } from '../../src/model/errors.ts';
import { faultOf } from '../../src/model/fault.ts';
import type { Result } from '../../src/model/result.ts';
import { recorded, recordedText } from '../support/inngest-recorded.ts';
import { asked, recordedApp, refusedWith, sampleOf, troubledParts } from './inngest-server.ts';
import { look, previousOf, verdictOf } from './look.ts';
import { answered, nowMs } from './strict-transports.ts';

const unsigned = recordedText('worker-introspection-unsigned-dev.json');
const signed = recordedText('worker-introspection-unsigned-selfhosted.json');

/** The recorded app without the named functions. */
function without(...names: readonly string[]): ReturnType<typeof recordedApp> {
  const app = recordedApp();
  const kept = app.functions.filter(({ name }: { name: string }) => !names.includes(name));
  return { ...app, functions: kept, functionCount: kept.length };
}

describe('what was recorded', () => {
  it('is well in dev mode, where server and worker count 14', async () => {
    const result = await sampleOf({ worker: answered(unsigned) });
    expect(verdictOf(result)).toBe('up: 14 functions');
    expect(result.facts).toMatchObject({ registered: 14, served: 14, expected: 14, missing: [] });
    expect(result.parts).toHaveLength(14);
    expect(result.parts[10]).toMatchObject({
      id: 'system-bus-system-adr-sync',
      kind: 'function',
      name: 'system/adr-sync',
      verdict: { state: 'up', note: '' },
      facts: {
        slug: 'system-bus-system-adr-sync',
        app: 'system-bus',
        triggers: [
          { type: 'CRON', value: '0 * * * *' },
          { type: 'EVENT', value: 'system/adr.edited' },
        ],
        lastRun: { status: 'COMPLETED', at: '2026-02-18T08:30:00.000Z', durationMs: 61 },
        runs24h: { completed: 1, failed: 0, running: 0, queued: 0 },
        cadenceMs: 3_600_000,
      },
    });
  });

  it('lists the same functions under `functions` as under the app', () => {
    const slugs = ({ functions }: { functions: { slug: string }[] }): readonly string[] =>
      functions.map(({ slug }) => slug);
    expect(slugs(recorded('gql-functions.json').data)).toEqual(slugs(recordedApp()));
  });

  it('is well when self-hosted, where a signed worker answers 401 and hides its count', async () => {
    const app = recordedApp(recorded('gql-apps-selfhosted.json').data.apps[0]);
    const result = await sampleOf({ app, worker: answered(signed, { status: 401 }) });
    expect(verdictOf(result)).toBe('up: 14 functions');
    expect(result.facts['served']).toBeNull();
  });

  it('is down when the worker is dead, with everything that it serves', async () => {
    const app = recordedApp(recorded('gql-apps-worker-dead.json').data.apps[0]);
    const refused = new FaultError(faultOf('refused', 'connection refused by worker:3111'));
    const result = await sampleOf({ app, worker: refused });
    expect(verdictOf(result)).toBe('down: app system-bus is not connected: unreachable');
    expect(troubledParts(result)).toHaveLength(14);
    expect(result.parts[0]?.verdict.state).toBe('suppressed');
    expect(result.facts).toMatchObject({ registered: 14, served: null });
  });

  it.each([
    ['gql-error-validation.json', /^unknown: GraphQL says: Cannot query field "nope"/],
    ['gql-cancel-run.json', /^unknown: GraphQL says: cannot cancel an ended run/],
    ['server-health.json', /^unknown: its answer to GraphQL is not understood/],
    ['event-accepted.json', /^unknown: its answer to GraphQL is not understood/],
    ['event-rejected.json', /^unknown: its answer to GraphQL is not understood/],
    ['gql-events.json', /^unknown: the server does not list apps/],
    ['schema-fields.json', /^unknown: the server does not list apps/],
    ['worker-introspection-unsigned-dev.json', /^unknown: its answer to GraphQL/],
  ])('%s as an answer leaves it unknown', async (name, verdict) => {
    expect(verdictOf(await refusedWith(answered(recordedText(name))))).toMatch(verdict);
  });

  it('says that a validation error is another version', async () => {
    const { fault } = await refusedWith(answered(recordedText('gql-error-validation.json')));
    expect(fault).toMatchObject({ code: 'protocol', side: 'prober' });
    expect(fault?.hint).toContain('version');
  });

  it('wants a login where the server answers 401', async () => {
    const body = recordedText('event-wrong-key-401.json');
    const { fault } = await refusedWith(answered(body, { status: 401 }));
    expect(fault).toMatchObject({ code: 'auth', side: 'prober' });
  });
});

describe('a server', () => {
  it.each([
    [404, 'unknown', 'the server has no GraphQL'],
    [403, 'unknown', 'the server refuses GraphQL'],
    [502, 'down', 'GraphQL answered 502'],
  ])('that answers %i is %s', async (status, state, note) => {
    const { verdict } = await refusedWith(answered('no', { status }));
    expect(verdict).toEqual({ state, note });
  });

  it('without GraphQL has a hint at --no-ui', async () => {
    const { fault } = await refusedWith(answered('404 page not found', { status: 404 }));
    expect(fault?.hint).toBe('`inngest start --no-ui` switches it off');
  });

  it('that refuses is down, and one that is cut off is not understood', async () => {
    const refused = new FaultError(faultOf('refused', 'connection refused by inngest:8288'));
    expect(verdictOf(await refusedWith(refused))).toBe('down: connection refused by inngest:8288');
    const cut = answered('{"data":', { truncated: true });
    expect(verdictOf(await refusedWith(cut))).toBe('unknown: GraphQL answers more than 4 MB');
  });

  it('is never asked for a change', () => {
    const wanted = { nowMs, appIds: ['a"b'], crons: [{ id: 'c', cadenceMs: 1 }] };
    const queries = [appsQuery, runsQuery(wanted), tracesQuery(['r']), errorsQuery(['o'])];
    for (const text of queries) {
      expect(text).toMatch(/^\{ /);
      expect(text).not.toMatch(/mutation|cancelRun|rerun|invoke|delete|create|update/);
    }
    expect(runsQuery(wanted)).toContain('appIDs: ["a\\"b"]');
    expect(runsQuery(wanted)).toContain('from: "2026-02-17T09:00:00.000Z"');
  });

  it('without the app is down, with every function that was known', async () => {
    const previous = previousOf(await sampleOf());
    const result = await look({
      kind: 'inngest',
      spec: { name: 'inngest', url: 'http://inngest:8288', app: 'system-bus' },
      calls: [asked(appsQuery, { apps: [recordedApp({ externalID: 'other' })] })],
      previous,
    });
    expect(verdictOf(result)).toBe('down: app system-bus is not registered');
    expect(troubledParts(result)).toHaveLength(14);
    expect(troubledParts(result)[0]).toMatch(/ suppressed: app system-bus is not registered$/);
  });

  it.each([
    [undefined, 'an app without functions'],
    [[{ name: 'x' }], 'a function without a slug'],
  ])('%j is %s: unknown, never well', async (functions, _title) => {
    const apps = [recordedApp({ functions: functions as never })];
    const result = await refusedWith(answered(JSON.stringify({ data: { apps } })));
    expect(verdictOf(result)).toBe('unknown: the server does not list the functions of system-bus');
  });
});

describe('names', () => {
  const expectNames = (expected: readonly string[]): Promise<Result> =>
    sampleOf({ app: without(), spec: { expect: expected } });
  const all = recordedApp().functions.map(({ name }: { name: string }) => name);

  it('match the slug without the app, or the name that is shown', async () => {
    const short = all.map((name: string) => name.replaceAll('/', '-'));
    expect(verdictOf(await expectNames(all))).toBe('up: 14 functions');
    expect(verdictOf(await expectNames(short))).toBe('up: 14 functions');
  });

  it('that are expected and not there are missing', async () => {
    const result = await expectNames([...all, 'discovery-capture']);
    expect(verdictOf(result)).toBe('degraded: not registered: discovery-capture');
    expect(result.facts).toMatchObject({ expected: 15, missing: ['discovery-capture'] });
    expect(result.parts.at(-1)).toMatchObject({
      id: 'system-bus-discovery-capture',
      verdict: { state: 'down', note: 'not registered: nothing starts it' },
    });
  });

  it('that are there and not expected are told', async () => {
    const result = await expectNames(all.slice(1));
    expect(verdictOf(result)).toBe('degraded: not expected: agent-loop-complete');
    expect(troubledParts(result)).toEqual([
      'agent-loop-complete degraded: not on the list of the inventory',
    ]);
  });

  it('without a list grow by themselves and never shrink', async () => {
    const few = await sampleOf({ app: without('video-download') });
    expect(few.facts).toMatchObject({ expected: 13, unexpected: [] });
    const more = await sampleOf({ previous: previousOf(few), crons: [] });
    expect(verdictOf(more)).toBe('up: 14 functions');
    const gone = without('video-download', 'memory/observe-session');
    let last = await sampleOf({ app: gone, previous: previousOf(more), crons: [] });
    last = await sampleOf({ app: gone, previous: previousOf(last), crons: [] });
    expect(verdictOf(last)).toBe(
      'degraded: not registered: memory-observe-session, video-download',
    );
    expect(troubledParts(last)).toEqual([
      'memory/observe-session down: not registered: nothing starts it',
      'video-download down: not registered: nothing starts it',
    ]);
    expect(last.parts.at(-1)?.facts['triggers']).toEqual([
      { type: 'EVENT', value: 'video/download.requested' },
    ]);
  });

  it('of another app are not remembered', async () => {
    const previous = previousOf(await sampleOf());
    const facts = { ...previous.facts, wanted: 'system-bus-host' };
    const result = await sampleOf({
      app: without('video-download'),
      previous: { ...previous, facts },
    });
    expect(verdictOf(result)).toBe('up: 13 functions');
  });
});

describe('what the worker serves', () => {
  it.each([
    [answered('{"function_count":13}'), 'degraded: the worker serves 13, 14 are registered'],
    [answered('{"mode":"cloud"}'), 'up: 14 functions'],
    [answered('<html>hello</html>'), 'degraded: the worker: its answer is not JSON'],
    [
      answered('{"code":"internal_server_error"}', { status: 500 }),
      'degraded: the worker: answered 500',
    ],
    [
      new FaultError(faultOf('timeout', 'no answer within 5 s')),
      'degraded: the worker: no answer within 5 s',
    ],
  ])('%o is %s', async (worker, verdict) => {
    expect(verdictOf(await sampleOf({ worker }))).toBe(verdict);
  });
});

describe('answers that are damaged', () => {
  it('never throw anything but a fault, and are never called well', async () => {
    const text = recordedText('gql-apps.json').trimEnd();
    const cutAt = fc.integer({ min: 0, max: text.length - 1 });
    const damaged = fc.oneof(
      cutAt.map((end) => text.slice(0, end)),
      fc.json(),
      fc.json().map((data) => `{"data":${data}}`),
      fc.json().map((apps) => `{"data":{"apps":[${apps}]}}`),
    );
    await fc.assert(
      fc.asyncProperty(damaged, async (body) => {
        const { verdict, fault } = await refusedWith(answered(body));
        expect(verdict.note).not.toContain('our bug');
        expect(['unknown', 'down']).toContain(verdict.state);
        if (verdict.state === 'down') expect(fault).toBeNull();
      }),
    );
  });

  it('of an earlier sample are left out', async () => {
    const previous = { state: 'up', note: '' } as const;
    const facts = fc.record({
      wanted: fc.constant('system-bus'),
      baseline: fc.jsonValue(),
      functions: fc.oneof(
        fc.jsonValue(),
        fc.array(
          fc.record({
            slug: fc.constantFrom('system-bus-video-download', '', null),
            knownSince: fc.jsonValue(),
            lastRun: fc.jsonValue(),
            lastEnded: fc.jsonValue(),
            lastCompletedAt: fc.jsonValue(),
            triggers: fc.jsonValue(),
          }),
        ),
      ),
    });
    await fc.assert(
      fc.asyncProperty(facts, async (seen) => {
        const result = await sampleOf({ previous: { ...previous, facts: seen as never } });
        expect(result.fault).toBeNull();
      }),
    );
  });
});
