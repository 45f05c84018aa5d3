import { describe, expect, it } from 'vitest';
import { startedFacts } from '../../src/kinds/started-at.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import type { Result } from '../../src/model/result.ts';
import { look, previousOf, verdictOf } from './look.ts';
import { answered, nowMs } from './strict-transports.ts';

const url = 'http://localhost:3111/';
const spec = { url, json: { status: 'running' }, startedAt: 'worker.startedAt' };
const request = { url, method: 'GET', headers: {}, tls: { insecure: false } };
const ago = (seconds: number): string => new Date(nowMs - seconds * 1000).toISOString();

const page = (startedAt?: Json, status = 'running'): object =>
  answered(
    JSON.stringify({ status, ...(startedAt === undefined ? {} : { worker: { startedAt } }) }),
  );

/** The last of samples, one for each answer. */
async function lastOf(answers: readonly object[]): Promise<Result> {
  let last: Result | undefined;
  for (const answer of answers) {
    const previous = last && !last.fault ? { previous: previousOf(last) } : {};
    last = await look({
      kind: 'http',
      spec,
      calls: [{ verb: 'http', request, answer }],
      ...previous,
    });
  }
  if (!last) throw new Error('no sample');
  return last;
}

describe('the start time that a page tells', () => {
  it.each<[string, readonly object[], string, number]>([
    ['once says nothing of restarts', [page(ago(8))], 'up: 200', 0],
    ['that stays is the same process', [page(ago(90)), page(ago(90)), page(ago(90))], 'up: 200', 0],
    ['that is another one is a restart', [page(ago(90)), page(ago(8))], 'up: 200', 1],
    [
      'that is another one each time is a crash loop',
      [page(ago(90)), page(ago(60)), page(ago(30)), page(ago(8))],
      'degraded: restarts again and again',
      3,
    ],
    [
      'still tells of it while the page looks well',
      [page(ago(90)), page(ago(60)), page(ago(30)), page(ago(30)), page(ago(30))],
      'degraded: restarts again and again',
      2,
    ],
    [
      'is told beside trouble of its own',
      [page(ago(90)), page(ago(60)), page(ago(30), 'starting')],
      'down: status is "starting", expected "running"; restarts again and again',
      2,
    ],
    [
      'that goes back is another process behind the address: nothing is compared across that',
      [page(ago(90)), page(ago(60)), page(ago(30)), page(ago(900))],
      'up: 200',
      0,
    ],
    [
      'of two that take turns is no crash loop',
      [page(ago(90)), page(ago(30)), page(ago(90)), page(ago(30)), page(ago(90)), page(ago(30))],
      'up: 200',
      1,
    ],
    [
      'that wavers with the uptime that it is worked out from is one',
      [page(ago(90)), page(ago(89.1)), page(ago(90.4)), page(ago(89.6))],
      'up: 200',
      0,
    ],
    [
      'that was left out for a while is compared with what was known',
      [page(ago(90)), page(), answered('no', { status: 502 }), page(ago(60)), page(ago(30))],
      'degraded: restarts again and again',
      2,
    ],
    ['that is not there is no trouble', [page(), page()], 'up: 200', 0],
  ])('%s', async (_title, answers, verdict, restarts) => {
    const result = await lastOf(answers);
    expect(verdictOf(result)).toBe(verdict);
    expect(result.facts['restarts']).toBe(restarts);
  });

  it('of another page than the wanted one is not taken', async () => {
    const body = JSON.stringify({ worker: { startedAt: ago(8) } });
    const result = await lastOf([page(ago(90)), answered(body, { status: 503 })]);
    expect(result.facts).toMatchObject({ startedAt: null, starts: 0 });
  });

  it('is not looked for unless the inventory names its place', async () => {
    const { startedAt: _named, ...plain } = spec;
    const calls = [{ verb: 'http', request, answer: page(ago(8)) }] as const;
    const { facts } = await look({ kind: 'http', spec: plain, calls });
    expect(Object.keys(facts).sort()).toEqual(['contentType', 'status']);
  });

  it.each<[Json, string | null]>([
    ['2026-02-18T08:59:52.000Z', '2026-02-18T08:59:52.000Z'],
    ['2026-02-18T09:59:52.123456789+01:00', '2026-02-18T08:59:52.123Z'],
    [1_771_405_192, '2026-02-18T08:59:52.000Z'],
    [1_771_405_192.5, '2026-02-18T08:59:52.500Z'],
    [1_771_405_192_000, '2026-02-18T08:59:52.000Z'],
    [0, null],
    [-1, null],
    [8, null],
    [1e300, null],
    ['14', null],
    ['yesterday', null],
    ['2026-02-31T99:00:00Z', null],
    ['0001-01-01T00:00:00Z', null],
    [null, null],
    [{ at: 1 }, null],
  ])('%j is %s', (value, startedAt) => {
    const before: JsonObject = {};
    expect(startedFacts({ a: [value] }, 'a.0', before).startedAt).toBe(startedAt);
  });

  it('takes damaged memory for none', () => {
    const before = { lastStartedAt: 'soon', starts: 'many' };
    const facts = startedFacts({ a: ago(8) }, 'a', before);
    expect(facts).toEqual({ startedAt: ago(8), lastStartedAt: ago(8), starts: 0, badExit: null });
  });
});
