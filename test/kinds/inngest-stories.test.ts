import { describe, expect, test } from 'vitest';
import { type Run, readRuns } from '../../src/kinds/inngest/read.ts';
import { readSpan } from '../../src/kinds/inngest/run-spans.ts';
import { failedOutputs, storyOf } from '../../src/kinds/inngest/run-story.ts';
import { recorded } from '../support/inngest-recorded.ts';

const runs = readRuns(recorded('gql-runs.json').data);
const trace = readSpan(recorded('gql-run-trace.json').data.runTrace);
if (!trace) throw new Error('the recorded trace is understood');
const { message } = recorded('gql-run-error.json').data.runTraceSpanOutputByID.error;

const at = (second: number): string => new Date(Date.UTC(2026, 1, 18, 9, 0, second)).toISOString();
const run = (more: Partial<Run> = {}): Run => ({
  ...{ id: 'R1', slug: 'system-bus-a', status: 'RUNNING', queuedAt: at(0), startedAt: at(1) },
  ...{ endedAt: null, byCron: false, eventName: 'a/b', ...more },
});
const span = (name: string, status: string, more: object = {}): object => {
  return { name, status, stepOp: 'RUN', outputID: null, childrenSpans: [], ...more };
};
const traceOf = (...children: readonly object[]) =>
  readSpan({ name: 'Run', status: 'RUNNING', childrenSpans: [...children] } as never);
const texts = (lines: ReturnType<typeof storyOf>): readonly string[] =>
  lines.map(({ atMs, text }) => `${atMs === null ? '-' : new Date(atMs).getUTCSeconds()} ${text}`);

describe('the story of a run', () => {
  test('of a real server: its start, each attempt that failed and why, its step, its end', () => {
    const failed = runs.find(({ id }) => id === '01M83S2VCX97YDPJKQHHZMY9R2') as Run;
    const outputs = failedOutputs(trace);
    const words = new Map(outputs.map((id) => [id, message]));
    const lines = storyOf(failed, trace, words);
    const id = `run ${failed.id}`;
    expect(lines.map(({ text }) => text)).toEqual([
      `${id} started by video/download.requested`,
      `${id} step work, attempt 1 failed: boom: bun install was not run`,
      `${id} step work, attempt 2 failed: boom: bun install was not run`,
      `${id} step work failed, 2 attempts`,
      `${id} failed in 28 s: boom: bun install was not run`,
    ]);
    expect(lines[0]?.atMs).toBe(Date.parse('2026-11-23T08:41:41.022Z'));
    expect(lines.at(-1)?.atMs).toBe(Date.parse('2026-11-23T08:42:09.262Z'));
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
  });

  test('asks for the words of what failed, once each and of no other', () => {
    const ids = failedOutputs(trace);
    expect(ids).toHaveLength(4);
    const well = traceOf(span('a', 'COMPLETED', { outputID: 'x' }));
    if (!well) throw new Error('it is a trace');
    expect(failedOutputs(well)).toEqual([]);
  });

  test('of one that goes on tells the steps that have ended, by their time', () => {
    const now = traceOf(
      span('slow', 'COMPLETED', { startedAt: at(1), endedAt: at(9), duration: 8000 }),
      span('quick', 'COMPLETED', { startedAt: at(1), endedAt: at(2), duration: 61 }),
      span('wait', 'RUNNING', { stepOp: 'WAIT_FOR_EVENT', startedAt: at(9) }),
    );
    expect(texts(storyOf(run(), now, new Map()))).toEqual([
      '1 run R1 started by a/b',
      '2 run R1 step quick completed in 61 ms',
      '9 run R1 step slow completed in 8.0 s',
    ]);
  });

  test('keeps its keys when it is told further', () => {
    const keys = (...children: readonly object[]): readonly string[] =>
      storyOf(run(), traceOf(...children), new Map()).map(({ key }) => key);
    const attempt = (status: string, nth: number): object =>
      span(`Attempt ${nth}`, status, { stepOp: null, endedAt: at(nth + 2) });
    const retrying = span('a', 'RUNNING', { childrenSpans: [attempt('FAILED', 0)] });
    const done = span('a', 'COMPLETED', {
      childrenSpans: [attempt('FAILED', 0), attempt('COMPLETED', 1)],
    });
    expect(keys(retrying)).toEqual(['start', 'a 1 attempt 1']);
    expect(keys(done)).toEqual(['start', 'a 1 attempt 1', 'a 1 end']);
    expect(
      keys(done, span('a', 'COMPLETED', { childrenSpans: [attempt('COMPLETED', 0)] })),
    ).toEqual([...['start', 'a 1 attempt 1', 'a 1 end', 'a 2 end']]);
  });

  test('says when it waits, is cancelled, or was started by its cron; without a trace it has no steps', () => {
    const queued = run({ status: 'QUEUED', startedAt: null });
    expect(texts(storyOf(queued, null, new Map()))).toEqual(['0 run R1 is queued']);
    const cancelled = run({ status: 'CANCELLED', endedAt: at(3), byCron: true, eventName: null });
    expect(texts(storyOf(cancelled, null, new Map()))).toEqual([
      '1 run R1 started by its cron',
      '3 run R1 cancelled in 2.0 s',
    ]);
    const sleeping = traceOf(span('nap', 'COMPLETED', { stepOp: 'SLEEP', endedAt: at(2) }));
    expect(texts(storyOf(run(), sleeping, new Map()))[1]).toBe('2 run R1 sleep nap completed');
  });
});
