import { describe, expect, it } from 'vitest';
import type { Previous } from '../../src/kinds/contract.ts';
import { cadenceOf, nextRunOf } from '../../src/kinds/inngest/cadence.ts';
import { appsQuery, runsQuery, tracesQuery } from '../../src/kinds/inngest/queries.ts';
import { readRuns } from '../../src/kinds/inngest/read.ts';
import { FaultError } from '../../src/model/errors.ts';
import { faultOf } from '../../src/model/fault.ts';
import type { JsonObject } from '../../src/model/json.ts';
import { recorded, type Tree } from '../support/inngest-recorded.ts';
import {
  asked,
  cronRan,
  failureCalls,
  hourly,
  query,
  recordedApp,
  runOf,
  sampleOf,
  troubledParts,
} from './inngest-server.ts';
import { look, previousOf, verdictOf } from './look.ts';
import { nowMs } from './strict-transports.ts';

const hourMs = 3_600_000;
const tenMinutes = [{ id: hourly.id, cadenceMs: 600_000 }];
const byCron = { cronSchedule: '0 * * * *' };
const adrSync = (minutesAgo: number, more = {}) =>
  runOf('system-adr-sync', minutesAgo, { ...byCron, ...more });

describe('the cadence of a cron', () => {
  it.each([
    ['0 * * * *', hourMs],
    ['*/5 * * * *', 300_000],
    ['TZ=America/Los_Angeles */10 * * * *', 600_000],
    ['CRON_TZ=Europe/Berlin 0 6 * * *', 24 * hourMs],
    ['@daily', 24 * hourMs],
    ['@midnight', 24 * hourMs],
    ['5/15 * * * *', 900_000],
    ['0 9 ? * MON-FRI', 24 * hourMs],
    ['*/30 * * * * *', 30_000],
    ['@every 1h30m', 1.5 * hourMs],
    ['@every 90s', 90_000],
    ['@every soon', null],
    ['0 0 31 2 *', null],
    ['every day', null],
    ['', null],
    ['TZ=Mars/Olympus 0 * * * *', null],
  ])('%s is %s ms', (value, cadence) => {
    expect(cadenceOf([{ type: 'CRON', value }], nowMs)).toBe(cadence);
  });

  it('is the gap that it stands in: over a weekend three days for working days', () => {
    const weekdays = [{ type: 'CRON', value: '0 9 * * 1-5' }];
    const sunday = Date.UTC(2026, 1, 15, 12);
    const thursday = Date.UTC(2026, 1, 19, 12);
    expect(cadenceOf(weekdays, sunday)).toBe(72 * hourMs);
    expect(cadenceOf(weekdays, thursday)).toBe(24 * hourMs);
  });

  it('is the shortest of several, and none of events', () => {
    const triggers = ['0 * * * *', '*/15 * * * *'].map((value) => ({ type: 'CRON', value }));
    expect(cadenceOf(triggers, nowMs)).toBe(900_000);
    expect(cadenceOf([{ type: 'EVENT', value: '0 * * * *' }], nowMs)).toBeNull();
  });
});

describe('the next run', () => {
  const cron = (value: string) => ({ type: 'CRON', value });

  it.each([
    [[cron('0 * * * *')], '2026-02-18T10:00:00.000Z'],
    [[cron('TZ=America/Los_Angeles 0 6 * * *')], '2026-02-18T14:00:00.000Z'],
    [[cron('0 9 * * MON'), cron('5/15 * * * *')], '2026-02-18T09:05:00.000Z'],
    [[cron('not a cron'), cron('@daily')], '2026-02-19T00:00:00.000Z'],
    [[cron('@every 1h')], null],
    [[cron('0 0 31 2 *')], null],
    [[{ type: 'EVENT', value: '0 * * * *' }], null],
    [[], null],
  ])('of %j is %s', (triggers, next) => {
    expect(nextRunOf(triggers, nowMs)).toBe(next);
  });

  it('is told of what is registered, and of nothing that is missing', async () => {
    const first = await sampleOf();
    expect(first.parts[10]?.facts['nextRun']).toBe('2026-02-18T10:00:00.000Z');
    expect(first.parts[0]?.facts['nextRun']).toBeNull();
    const app = recordedApp();
    const functions = app.functions.filter(({ name }: Tree) => name !== 'system/adr-sync');
    const gone = await sampleOf({
      app: { ...app, functions },
      runs: [],
      crons: [],
      previous: previousOf(first),
    });
    expect(gone.parts.at(-1)).toMatchObject({
      name: 'system/adr-sync',
      facts: { nextRun: null, marks: ['missing'] },
    });
  });
});

describe('a cron', () => {
  it.each([
    [119, 'up: 14 functions'],
    [
      121,
      'degraded: system/adr-sync: its cron is overdue: no completed run since 2026-02-18 06:59Z',
    ],
  ])('that completed %i minutes ago is %s', async (minutesAgo, verdict) => {
    expect(verdictOf(await sampleOf({ runs: [adrSync(minutesAgo)] }))).toBe(verdict);
  });

  it('is not excused by runs that failed or were started by events', async () => {
    const runs = [adrSync(5, { status: 'CANCELLED' }), runOf('system-adr-sync', 6), adrSync(300)];
    const { parts } = await sampleOf({ runs });
    expect(parts[10]?.verdict).toEqual({
      state: 'degraded',
      note: 'its cron is overdue: no completed run since 2026-02-18 04:00Z',
    });
  });

  it('without any run is given one cadence since it was first seen', async () => {
    const first = await sampleOf({ runs: [] });
    expect(verdictOf(first)).toBe('up: 14 functions');
    const seen = (minutesAgo: number) => {
      const since = new Date(nowMs - minutesAgo * 60_000).toISOString();
      const previous = previousOf(first);
      const functions = (previous.facts['functions'] as object[]).map((one) => ({
        ...one,
        knownSince: since,
      }));
      return { ...previous, facts: { ...previous.facts, functions } };
    };
    expect(verdictOf(await sampleOf({ runs: [], previous: seen(59) }))).toBe('up: 14 functions');
    expect(verdictOf(await sampleOf({ runs: [], previous: seen(61) }))).toBe(
      'degraded: system/adr-sync: its cron is overdue: no completed run',
    );
  });

  it('that was changed is given one cadence of its own', async () => {
    const app = (value: string): Tree => {
      const { functions, ...rest } = recordedApp();
      const changed = functions.map((one: Tree) =>
        one.name === 'system/adr-sync' ? { ...one, triggers: [{ type: 'CRON', value }] } : one,
      );
      return { ...rest, functions: changed };
    };
    const daily = [adrSync(600)];
    const before = await sampleOf({
      app: app('0 * * * *'),
      runs: [adrSync(30)],
      crons: [{ id: hourly.id, cadenceMs: hourMs }],
    });
    const slower = await sampleOf({
      app: app('0 0 * * *'),
      runs: daily,
      crons: [],
      previous: previousOf(before),
    });
    const faster = (previous: Previous) =>
      sampleOf({ app: app('*/10 * * * *'), runs: daily, crons: tenMinutes, previous });
    const changed = await faster(previousOf(slower));
    expect(verdictOf(changed)).toBe('up: 14 functions');
    const old = previousOf(changed);
    const functions = (old.facts['functions'] as JsonObject[]).map(
      (one): JsonObject => ({
        ...one,
        cronsSince: one['cronsSince'] == null ? null : new Date(nowMs - 11 * 60_000).toISOString(),
      }),
    );
    const later = await faster({ ...old, facts: { ...old.facts, functions } });
    expect(verdictOf(later)).toMatch(/^degraded: system\/adr-sync: its cron is overdue/);
  });

  it('is not called overdue by runs that nobody told of', async () => {
    const previous = previousOf(await sampleOf({ runs: [adrSync(300)] }));
    expect(previous.note).toContain('overdue');
    const app = recordedApp();
    const late = new FaultError(faultOf('timeout', 'no answer within 5 s'));
    const result = await look({
      kind: 'inngest',
      spec: { name: 'inngest', url: 'http://inngest:8288', app: 'system-bus' },
      calls: [
        asked(appsQuery, { apps: [app] }),
        query(runsQuery({ nowMs, appIds: [app.id], crons: [hourly] }), late),
      ],
      previous,
    });
    expect(verdictOf(result)).toBe('unknown: runs not known: no answer within 5 s');
    expect(result.parts[10]?.verdict.state).toBe('unknown');
  });

  it('is looked for further back only while it seems silent', async () => {
    const first = await sampleOf({ crons: [hourly] });
    const second = await sampleOf({ crons: [], runs: [], previous: previousOf(first) });
    expect(verdictOf(second)).toBe('up: 14 functions');
    expect(second.parts[10]?.facts['lastRun']).toEqual(first.parts[10]?.facts['lastRun']);
  });
});

describe('a run', () => {
  it('that failed is told with its words, which are asked for once', async () => {
    const { edges } = recorded('gql-runs.json').data.runs;
    const failed = edges[0].node.id;
    const first = await sampleOf({ runs: [...edges, cronRan], more: failureCallsOf(edges) });
    const note = 'its last run failed: boom: bun install was not run';
    expect(verdictOf(first)).toBe(`degraded: video-download: ${note}`);
    expect(troubledParts(first)).toEqual([`video-download degraded: ${note}`]);
    expect(first.parts[13]?.facts['lastRun']).toEqual({
      id: failed,
      status: 'FAILED',
      at: '2026-11-23T08:41:41.022Z',
      durationMs: 28_240,
      error: 'boom: bun install was not run',
    });
    const again = { runs: edges.slice(0, 5), crons: [], previous: previousOf(first) };
    expect(troubledParts(await sampleOf(again))).toEqual([`video-download degraded: ${note}`]);
    const forgotten = { runs: [], crons: [], previous: previousOf(first) };
    expect(troubledParts(await sampleOf(forgotten))).toEqual([`video-download degraded: ${note}`]);
  });

  it('that failed without telling why is told all the same', async () => {
    const run = runOf('video-download', 5, { status: 'FAILED' });
    const refused = new FaultError(faultOf('timeout', 'no answer within 5 s'));
    const more = [query(tracesQuery([run.node.id]), refused)];
    const result = await sampleOf({ runs: [run, cronRan], more });
    expect(troubledParts(result)).toEqual(['video-download degraded: its last run failed']);
  });

  it('that has just begun hides no failure before it, and one that completed does', async () => {
    const failed = runOf('video-download', 9, { status: 'FAILED' });
    const begun = runOf('video-download', 1, { status: 'RUNNING', endedAt: null });
    const more = failureCalls(failed.node.id);
    const first = await sampleOf({ runs: [begun, cronRan, failed], more });
    expect(first.parts[13]?.verdict.state).toBe('degraded');
    expect(first.parts[13]?.facts).toMatchObject({
      lastRun: { status: 'RUNNING', durationMs: null },
      runs24h: { completed: 0, failed: 1, running: 1, queued: 0 },
    });
    const runs = [runOf('video-download', 1), cronRan, failed];
    expect(troubledParts(await sampleOf({ runs }))).toEqual([]);
  });

  it.each([
    [29, []],
    [31, ['video-download degraded: still running since 2026-02-18 08:29Z']],
  ])('that runs for %i minutes: %j', async (minutes, troubles) => {
    const running = [runOf('video-download', minutes, { status: 'RUNNING', endedAt: null })];
    expect(troubledParts(await sampleOf({ running }))).toEqual(troubles);
  });

  it('of a status that is not known here is not well', async () => {
    const runs = [runOf('video-download', 5, { status: 'PAUSED' }), cronRan];
    expect(troubledParts(await sampleOf({ runs }))).toEqual([
      'video-download unknown: the status "PAUSED" of its last run is not known here',
    ]);
  });

  it('that is not understood is left out', () => {
    const edges = [null, 1, {}, { node: null }, { node: { id: 'x' } }, cronRan, cronRan];
    const runs = readRuns({ recent: { edges }, running: null, cron0: { edges: 'none' } });
    expect(runs.map(({ id }) => id)).toEqual(['run-system-adr-sync-30']);
  });

  it('that was still running and is not heard of any more has ended', async () => {
    const begun = runOf('video-download', 9, { status: 'RUNNING', endedAt: null });
    const done = runOf('video-download', 90);
    const first = await sampleOf({ runs: [begun, cronRan, done] });
    expect(first.parts[13]?.facts['lastRun']).toMatchObject({ id: begun.node.id });
    const second = await sampleOf({ runs: [], crons: [], previous: previousOf(first) });
    expect(second.parts[13]?.facts['lastRun']).toMatchObject({ id: done.node.id });
  });

  it('count says from when on it is, where a page does not hold the day', async () => {
    const all = await sampleOf();
    expect(all.facts['countedSince']).toBeNull();
    const cut = await sampleOf({ runs: [cronRan, runOf('video-download', 90)], hasMore: true });
    expect(cut.facts['countedSince']).toBe('2026-02-18T07:30:00.000Z');
  });

  it('list that comes too late leaves what is registered known', async () => {
    const app = recordedApp();
    const late = new FaultError(faultOf('timeout', 'no answer within 5 s'));
    const result = await look({
      kind: 'inngest',
      spec: { name: 'inngest', url: 'http://inngest:8288/' },
      calls: [
        asked(appsQuery, { apps: [app] }),
        query(runsQuery({ nowMs, appIds: [app.id], crons: [hourly] }), late),
      ],
    });
    expect(verdictOf(result)).toBe('unknown: runs not known: no answer within 5 s');
    expect(result.facts).toMatchObject({ registered: 14 });
    expect(troubledParts(result)).toHaveLength(14);
  });
});

/** The recorded runs hold two failures; the second is of a function that has gone since. */
function failureCallsOf(edges: readonly { node: { id: string } }[]) {
  const ids = [edges[0]?.node.id ?? '', edges[5]?.node.id ?? ''];
  const { outputID } = recorded('gql-run-trace.json').data.runTrace;
  const [, words] = failureCalls(ids[0] ?? '');
  if (!words) throw new Error('no words');
  return [asked(tracesQuery(ids), { trace0: { outputID }, trace1: null }), words];
}
