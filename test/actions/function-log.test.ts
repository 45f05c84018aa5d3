import { describe, expect, test } from 'vitest';
import { functionReader } from '../../src/actions/function-log.ts';
import type { LogReader, News } from '../../src/actions/log-reader.ts';
import { appsQuery, errorsQuery, spansQuery, storyQuery } from '../../src/kinds/inngest/queries.ts';
import { asked, query } from '../kinds/inngest-server.ts';
import { answered, type Call, nowMs, strictTransports } from '../kinds/strict-transports.ts';
import { faultOfCall, within } from '../support/calls.ts';

const place = {
  ...{ server: 'inngest', url: 'http://inngest:8288', app: 'system-bus', name: 'video-download' },
};
const weekAgo = nowMs - 7 * 86_400_000;
const options = within(1000);
const functionId = 'f-1';

const appOf = (more: object = {}): object => ({
  ...{ externalID: 'system-bus', name: 'system-bus', connected: true, error: null },
  functions: [
    { id: functionId, slug: 'system-bus-video-download', name: 'Video', triggers: [] },
    { id: 'f-2', slug: 'system-bus-other', name: 'other', triggers: [] },
  ],
  ...more,
});
const at = (second: number): string => new Date(nowMs - 60_000 + second * 1000).toISOString();
/** A run may be listed a moment after it was queued: runs are asked for from before the newest on. */
const minuteBefore = Date.parse(at(-60));

const runOf = (id: string, status: string, second: number, endSecond: number | null): object => ({
  node: {
    ...{ id, status, queuedAt: at(second), startedAt: at(second), eventName: 'video/asked' },
    endedAt: endSecond === null ? null : at(endSecond),
    ...{ cronSchedule: null, function: { slug: 'system-bus-video-download' } },
  },
});
const listed = (sinceMs: number, count: number, runs: readonly object[], app = appOf()): Call =>
  asked(storyQuery({ functionId, sinceMs, count }), {
    apps: [app],
    recent: { pageInfo: { hasNextPage: false }, edges: runs },
  });
const step = (name: string, status: string, second: number, outputID: string | null = null) => ({
  ...{ name, status, stepOp: 'RUN', endedAt: at(second), outputID, childrenSpans: [] },
});
const traced = (id: string, status: string, ...steps: readonly object[]): Call =>
  asked(spansQuery([id]), {
    trace0: { name: 'Run', status, outputID: null, childrenSpans: steps },
  });
const apps = asked(appsQuery, { apps: [appOf()] });

/** A reader of a server that is asked exactly this, and a clock that goes on by hand. */
function readerOf(calls: readonly Call[], more: object = {}) {
  const { transports, unused } = strictTransports(calls);
  let elapsedMs = 0;
  const clock = { ...transports.clock, monotonicMs: () => elapsedMs };
  const reader: LogReader = functionReader({ ...place, ...more }, { ...transports, clock });
  const next = (): Promise<News> => {
    elapsedMs += 2000;
    return reader.next(options);
  };
  return { reader, next, unused };
}

const texts = ({ lines }: News): readonly string[] => lines.map(({ text }) => text);
const first = (reader: LogReader): Promise<News> =>
  reader.first({ lines: 50, sinceMs: null }, options);

describe('the log of a function', () => {
  test('tells a run that goes on as its steps end, and one that has ended never again', async () => {
    const { reader, next, unused } = readerOf([
      apps,
      listed(weekAgo, 25, [runOf('R1', 'RUNNING', 0, null)]),
      traced('R1', 'RUNNING', step('one', 'COMPLETED', 2)),
      listed(minuteBefore, 100, [runOf('R1', 'RUNNING', 0, null)]),
      traced('R1', 'RUNNING', step('one', 'COMPLETED', 2), step('two', 'COMPLETED', 4)),
      listed(minuteBefore, 100, [runOf('R1', 'COMPLETED', 0, 5)]),
      traced('R1', 'COMPLETED', step('one', 'COMPLETED', 2), step('two', 'COMPLETED', 4)),
      listed(minuteBefore, 100, [runOf('R1', 'COMPLETED', 0, 5)]),
    ]);
    expect(texts(await first(reader))).toEqual([
      'run R1 started by video/asked',
      'run R1 step one completed',
    ]);
    expect(texts(await next())).toEqual(['run R1 step two completed']);
    expect(texts(await next())).toEqual(['run R1 completed in 5.0 s']);
    expect(await next()).toEqual({ lines: [], notes: [] });
    expect(unused()).toEqual([]);
  });

  test('merges runs by time, with the words of what failed', async () => {
    const failing = { ...step('work', 'FAILED', 4, 'out-1') };
    const { reader } = readerOf([
      apps,
      listed(weekAgo, 25, [runOf('R2', 'FAILED', 1, 5), runOf('R1', 'COMPLETED', 0, 3)]),
      asked(spansQuery(['R2', 'R1']), {
        trace0: { name: 'Run', status: 'FAILED', outputID: 'out-2', childrenSpans: [failing] },
        trace1: { name: 'Run', status: 'COMPLETED', outputID: null, childrenSpans: [] },
      }),
      asked(errorsQuery(['out-2', 'out-1']), {
        error0: { error: { message: 'boom' } },
        error1: { error: null },
      }),
    ]);
    expect(texts(await first(reader))).toEqual([
      'run R1 started by video/asked',
      'run R2 started by video/asked',
      'run R1 completed in 3.0 s',
      'run R2 step work failed',
      'run R2 failed in 4.0 s: boom',
    ]);
  });

  test('does not ask its server more often than every two seconds', async () => {
    const { reader, unused } = readerOf([apps, listed(weekAgo, 25, [])]);
    await first(reader);
    expect(await reader.next(options)).toEqual({ lines: [], notes: [] });
    expect(unused()).toEqual([]);
  });

  test('says once that its worker is away, or that it is not registered any more, and that it is back', async () => {
    const away = appOf({ connected: false, error: 'unreachable' });
    const { reader, next } = readerOf([
      apps,
      listed(weekAgo, 25, [], away),
      listed(weekAgo, 100, [], away),
      listed(weekAgo, 100, [], appOf({ functions: [] })),
      listed(weekAgo, 100, [], appOf()),
    ]);
    expect((await first(reader)).notes).toEqual(['its worker is away (unreachable): nothing runs']);
    expect((await next()).notes).toEqual([]);
    expect((await next()).notes).toEqual(['it is not registered any more: nothing starts it']);
    expect((await next()).notes).toEqual(['it is back']);
  });

  test('tells start and end where the server does not tell the steps', async () => {
    const { reader } = readerOf([
      apps,
      listed(weekAgo, 25, [runOf('R1', 'COMPLETED', 0, 3)]),
      query(spansQuery(['R1']), answered('{}', { status: 500 })),
    ]);
    const { lines, notes } = await first(reader);
    expect(lines).toHaveLength(2);
    expect(notes).toEqual(['the steps of its runs are not told: GraphQL answered 500']);
  });

  test.each([
    [401, 'auth', 'the server wants a login for GraphQL'],
    [404, 'not-found', 'the server has no GraphQL'],
  ])(
    'rejects with what a server of %d says, and tells the same runs when it answers again',
    async (status, code, message) => {
      const { reader } = readerOf([
        query(appsQuery, answered('', { status })),
        apps,
        listed(weekAgo, 25, [runOf('R1', 'COMPLETED', 0, 3)]),
        traced('R1', 'COMPLETED'),
      ]);
      expect(await faultOfCall(first(reader))).toMatchObject({ code, message });
      expect(texts(await first(reader))).toHaveLength(2);
    },
  );

  test('tells nothing twice after a question that failed midway', async () => {
    const run = runOf('R1', 'RUNNING', 0, null);
    const { reader, next } = readerOf([
      apps,
      listed(weekAgo, 25, [run]),
      traced('R1', 'RUNNING'),
      query(
        storyQuery({ functionId, sinceMs: minuteBefore, count: 100 }),
        answered('', { status: 503 }),
      ),
      listed(minuteBefore, 100, [runOf('R1', 'COMPLETED', 0, 3)]),
      traced('R1', 'COMPLETED'),
    ]);
    await first(reader);
    expect(await faultOfCall(next())).toMatchObject({ message: 'GraphQL answered 503' });
    expect(texts(await next())).toEqual(['run R1 completed in 3.0 s']);
  });

  test('is that of the app which the inventory speaks of, by slug, short or shown name', async () => {
    for (const name of ['video-download', 'system-bus-video-download', 'Video']) {
      const { reader } = readerOf([apps, listed(weekAgo, 25, [])], { name });
      expect((await first(reader)).lines).toEqual([]);
    }
    const other = readerOf([apps], { name: 'Video', app: 'other-app' });
    expect(await faultOfCall(first(other.reader))).toMatchObject({
      code: 'not-found',
      message: 'inngest has no function called Video',
    });
  });

  test('of a span of time says when it is not whole', async () => {
    const sinceMs = nowMs - 3_600_000;
    const { reader } = readerOf([
      apps,
      asked(storyQuery({ functionId, sinceMs, count: 100 }), {
        apps: [appOf()],
        recent: { pageInfo: { hasNextPage: true }, edges: [runOf('R1', 'QUEUED', 0, null)] },
      }),
      traced('R1', 'QUEUED'),
    ]);
    const { notes } = await reader.first({ lines: 100_000, sinceMs }, options);
    expect(notes).toEqual(['only its last 100 runs are told']);
  });
});
