import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inngestRefusal, inngestRequest } from '../../src/actions/inngest-step.ts';
import { functionSeen, planRunDeed } from '../../src/actions/plan-run-deed.ts';
import { type FunctionSeen, runDeeds } from '../../src/actions/run-deeds.ts';
import { explain } from '../../src/model/explain.ts';
import { emptyNetworkState } from '../../src/model/health.ts';
import type { FunctionReport } from '../../src/model/report.ts';
import { check } from '../../src/watch/sample.ts';
import { benchOf, options } from '../lab/sample.ts';

const { clock, lab, network } = benchOf('healthy');
const state = await clock.until(
  check(network, lab.transports, { previous: emptyNetworkState, signal: options.signal }),
);
const report = explain(network, state, clock.now());

function seenAs(id: string, more: Partial<FunctionReport> = {}): FunctionSeen {
  const seen = functionSeen(network, report, id);
  if (!seen) throw new Error(`no function ${id}`);
  return { ...seen, item: seen.item && { ...seen.item, ...more } };
}

const run = (id: string, status: string) => ({
  ...{ id, status, at: '2026-02-18T09:00:00.000Z', durationMs: null, error: null },
});
const verbs = (seen: FunctionSeen) =>
  runDeeds(seen).map(({ verb, object, needless, refusal }) => [
    object === null ? verb : `${verb} ${object}`,
    needless ?? refusal?.message ?? null,
  ]);

describe('what can be done to a function', () => {
  it('is by its triggers and its runs', () => {
    const seen = seenAs('content-sync', {
      lastRun: run('R2', 'RUNNING'),
      inFlight: [run('R1', 'RUNNING'), run('R2', 'RUNNING')],
    });
    expect(verbs(seen)).toEqual([
      ['send-event content/updated', null],
      ['send-event discovery/captured', null],
      ['send-event system/adr.sync.requested', null],
      ['rerun R2', null],
      ['cancel-run R1', null],
      ['cancel-run R2', null],
      ['register', null],
    ]);
  });

  it('says why not: no run to run again or to cancel, a worker that is not known', () => {
    const seen = seenAs('video-download', { lastRun: null, inFlight: [] });
    const deaf = { ...seen, server: { ...seen.server, worker: null } };
    expect(verbs(deaf)).toEqual([
      ['send-event pipeline/video.requested', null],
      ['rerun', 'it has not run yet: there is no run to repeat'],
      ['cancel-run', 'no run of it is in flight'],
      ['register', 'its worker is not known'],
    ]);
  });

  it('is of an app alone that it is registered', () => {
    expect(verbs({ ...seenAs('system-bus'), item: null })).toEqual([['register', null]]);
  });

  it('is done when a run is seen that was not there, or one is gone, or none is missing', () => {
    const before = seenAs('video-download', { lastRun: run('R1', 'FAILED'), inFlight: [] });
    const [event, rerun, , register] = runDeeds(before);
    for (const deed of [event, rerun]) {
      expect(deed?.isDone(before)).toBe(false);
      const after = seenAs('video-download', { lastRun: run('R2', 'QUEUED'), inFlight: [] });
      expect(deed?.isDone(after)).toBe(true);
    }
    expect(register?.isDone(before)).toBe(true);
    const app = { ...before.app, missing: ['video-download'] };
    expect(register?.isDone({ ...before, app })).toBe(false);
    expect(register?.isDone({ ...before, app: { ...before.app, connected: false } })).toBe(false);
    const running = seenAs('video-download', { inFlight: [run('R1', 'RUNNING')] });
    const cancel = runDeeds(running).find(({ verb }) => verb === 'cancel-run');
    expect([cancel?.isDone(running), cancel?.isDone(before)]).toEqual([false, true]);
    const untold = seenAs('video-download', { inFlight: null });
    expect([cancel?.isDone(untold), cancel?.isDone({ ...before, item: null })]).toEqual([
      false,
      false,
    ]);
    expect(runDeeds(untold).find(({ verb }) => verb === 'cancel-run')?.refusal).toMatchObject({
      code: 'NOT_SEEN',
    });
  });
});

describe('its plan', () => {
  const wish = (verb: 'rerun' | 'send-event' | 'cancel-run', object: string | null = null) => ({
    ...{ verb, object },
  });

  it('is told as a person would type it, the event key by its name', () => {
    const seen = seenAs('video-download', { lastRun: run('R1', 'FAILED'), inFlight: [] });
    const keyed = { ...seen, server: { ...seen.server, eventKey: 'hunter2' } };
    const sent = planRunDeed(keyed, { ...wish('send-event'), data: { url: "it's" } }).plan;
    expect(sent.commands).toEqual([
      `curl -H 'content-type: application/json' -d '{"name":"pipeline/video.requested","data":{"url":"it'\\''s"}}' "http://localhost:8288/e/$INNGEST_EVENT_KEY"`,
    ]);
    expect(JSON.stringify(sent)).not.toContain('hunter2');
    expect(planRunDeed(seen, wish('rerun')).plan).toMatchObject({
      ...{ action: 'rerun', service: 'video-download', object: 'R1', manager: 'inngest' },
      commands: [
        `curl -H 'content-type: application/json' -d '{"query":"mutation { rerun(runID: \\"R1\\") }"}' http://localhost:8288/v0/gql`,
      ],
      refusals: [],
    });
  });

  it('wants to know which of several, and knows none that is not there', () => {
    const several = planRunDeed(seenAs('content-sync'), wish('send-event')).plan;
    expect(several.refusals).toMatchObject([
      { code: 'NOT_OFFERED', message: expect.stringMatching(/^which one\? content\/updated, /) },
    ]);
    const other = planRunDeed(seenAs('content-sync'), wish('cancel-run', 'R9')).plan;
    expect(other.refusals).toMatchObject([{ code: 'NOT_OFFERED' }]);
    const event = planRunDeed(seenAs('video-download'), wish('send-event', 'nope')).plan;
    expect(event.refusals[0]?.message).toBe(
      'there is no nope to send-event: there is pipeline/video.requested',
    );
  });

  it('is refused where the server cannot be asked', () => {
    const seen = seenAs('video-download');
    const away = { ...seen, app: { ...seen.app, registered: null, note: 'no answer' } };
    expect(planRunDeed(away, wish('rerun')).plan.refusals).toMatchObject([
      { code: 'NOT_SEEN', message: 'its server cannot be asked: no answer' },
    ]);
  });
});

describe('a call of an Inngest server', () => {
  const server = seenAs('video-download').server;
  const answered = (body: string, status = 200) => ({
    ...{ status, body, headers: {}, truncated: false, latencyMs: 1 },
  });
  const recorded = (name: string) =>
    readFileSync(new URL(`../fixtures/inngest/${name}`, import.meta.url), 'utf8');
  const event = { type: 'event', name: 'a/b', data: {} } as const;

  it('goes to its event API with the key, or with any in dev mode', () => {
    expect(inngestRequest(event, server).url).toBe('http://localhost:8288/e/dev');
    const hosted = { ...server, url: 'http://i:8288/', eventKey: 'a/b' };
    expect(inngestRequest(event, hosted)).toMatchObject({
      ...{ url: 'http://i:8288/e/a%2Fb', shownUrl: 'http://i:8288/e/$INNGEST_EVENT_KEY' },
    });
    expect(inngestRequest({ type: 'cancel-run', run: 'R"1' }, server).body).toBe(
      JSON.stringify({ query: 'mutation { cancelRun(runID: "R\\"1") { id } }' }),
    );
  });

  it.each([
    ['event-accepted.json', 200, null],
    ['event-rejected.json', 400, { said: 'event name is empty', hint: null }],
    [
      'event-wrong-key-401.json',
      401,
      { said: 'Event key not found', hint: 'set eventKey of its server in inventory.yaml' },
    ],
  ])('is answered as the recording %s', (name, status, refusal) => {
    expect(inngestRefusal(answered(recorded(name), status), event)).toEqual(refusal);
  });

  it('that GraphQL objects to is refused with its words, though it is answered with 200', () => {
    const cancel = { type: 'cancel-run', run: 'R1' } as const;
    expect(inngestRefusal(answered(recorded('gql-cancel-run.json')), cancel)).toEqual({
      ...{ said: 'cannot cancel an ended run', hint: null },
    });
    expect(inngestRefusal(answered('{"data":{"rerun":"R2"}}'), cancel)).toBeNull();
  });

  it.each(['<html>', '{}', '[]', ''])('that is answered with %j is not taken', (body) => {
    const said = 'its answer is not understood';
    expect(inngestRefusal(answered(body), event)).toEqual({ said, hint: null });
    expect(inngestRefusal(answered(body, 502), event)?.said).toBe('it was answered with 502');
  });
});

describe('what is in flight', () => {
  const app = report.functions.apps[0];
  const items = report.functions.items.map((item, index) => {
    const runs24h = { ...item.runs24h, running: index < 2 ? 1 : 0, queued: index === 2 ? 3 : 0 };
    return { ...item, runs24h };
  });
  const planned = (id: string, registered: number | null) => {
    const apps = report.functions.apps.map((one) => ({ ...one, registered }));
    const functions = { ...report.functions, items, apps };
    const seen = functionSeen(network, { ...report, functions }, id);
    if (!seen) throw new Error(`no ${id}`);
    const { blastRadius } = planRunDeed(seen, { verb: 'register', object: null }).plan;
    return [blastRadius.runningRuns, blastRadius.queuedRuns];
  };

  it('of an app is that of all its functions, and unknown where its server tells nothing', () => {
    expect(planned(app?.app ?? '', 14)).toEqual([2, 3]);
    expect(planned(app?.app ?? '', null)).toEqual([null, null]);
    expect(planned(items[0]?.slug ?? '', 14)).toEqual([1, 0]);
  });
});
