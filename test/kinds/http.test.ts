import { describe, expect, it } from 'vitest';
import { countAt, firstMismatch } from '../../src/kinds/http-body.ts';
import { FaultError } from '../../src/model/errors.ts';
import { faultOf } from '../../src/model/fault.ts';
import type { Json, JsonObject } from '../../src/model/json.ts';
import type { Result } from '../../src/model/result.ts';
import type { HttpResponse } from '../../src/transports/contract.ts';
import { look, verdictOf } from './look.ts';
import { answered } from './strict-transports.ts';

const url = 'http://localhost:3111/';

/** One GET of the URL with this answer. */
function get(spec: JsonObject, answer: HttpResponse): Promise<Result> {
  const isRead = ['json', 'text', 'count'].some((wish) => wish in spec);
  const unread = isRead ? {} : { headOnly: true as const };
  const request = { url, method: 'GET', headers: {}, tls: { insecure: false }, ...unread };
  return look({ kind: 'http', spec: { url, ...spec }, calls: [{ verb: 'http', request, answer }] });
}

const worker = JSON.stringify({
  status: 'running',
  functions: ['a', 'b', 'c'],
  queue: { waiting: 4, jobs: { a: 1, b: 2 } },
});
const html = '<!DOCTYPE html><html><body>Welcome to nginx</body></html>';

describe('an http check', () => {
  it.each<[string, JsonObject, HttpResponse, string]>([
    ['the wanted status is up', {}, answered(''), 'up: 200'],
    [
      'another status is down',
      {},
      answered('', { status: 502 }),
      'down: answered 502, expected 200',
    ],
    [
      'another status is up when it is wanted',
      { status: 401 },
      answered('', { status: 401 }),
      'up: 401',
    ],
    ['json that is there is up', { json: { status: 'running' } }, answered(worker), 'up: 200'],
    [
      'json with another value is down',
      { json: { status: 'ok' } },
      answered(worker),
      'down: status is "running", expected "ok"',
    ],
    [
      'json without the key is down',
      { json: { health: 'ok' } },
      answered(worker),
      'down: health is missing, expected "ok"',
    ],
    [
      'nested json is told by its path',
      { json: { queue: { waiting: 0 } } },
      answered(worker),
      'down: queue.waiting is 4, expected 0',
    ],
    ['text that is there is up', { text: 'running' }, answered(worker), 'up: 200'],
    [
      'text that is not there is down',
      { text: 'ready' },
      answered(worker),
      'down: the answer does not hold "ready"',
    ],
    [
      'a list is counted',
      { count: 'functions', unit: 'functions' },
      answered(worker),
      'up: 200, 3 functions',
    ],
    ['a number by its path is a count', { count: 'queue.waiting' }, answered(worker), 'up: 200, 4'],
    [
      'an object’s keys are counted',
      { count: 'queue.jobs', unit: 'jobs' },
      answered(worker),
      'up: 200, 2 jobs',
    ],
    [
      'a count that is not there changes nothing',
      { count: 'nope', unit: 'x' },
      answered(worker),
      'up: 200, count unknown',
    ],
    [
      'a count of HTML changes nothing',
      { count: 'functions' },
      answered(html),
      'up: 200, count unknown',
    ],
    [
      'a count of a cut answer changes nothing, and says why there is none',
      { count: 'functions' },
      answered(worker, { truncated: true }),
      'up: 200, count unknown: the answer is longer than 1 KiB',
    ],
    [
      'a count below min is degraded',
      { count: 'functions', unit: 'functions', min: 4 },
      answered(worker),
      'degraded: 3 functions, expected at least 4',
    ],
    ['a count of min is up', { count: 'functions', min: 3 }, answered(worker), 'up: 200, 3'],
    [
      'an unknown count is not below min',
      { count: 'nope', min: 3 },
      answered(worker),
      'up: 200, count unknown',
    ],
    ['a byte order mark is forgiven', { json: { a: 1 } }, answered('\ufeff{"a":1}'), 'up: 200'],
  ])('%s', async (_title, spec, answer, expected) => {
    const result = await get(spec, answer);
    expect(verdictOf(result)).toBe(expected);
    expect(result.fault).toBeNull();
  });

  it.each<[string, JsonObject, HttpResponse, string]>([
    ['HTML instead of JSON', { json: {} }, answered(html), 'expected JSON, got HTML'],
    ['nothing instead of JSON', { json: {} }, answered(''), 'expected JSON, got an empty answer'],
    ['words instead of JSON', { json: {} }, answered('OK'), 'expected JSON, got something else'],
    [
      'JSON that was cut',
      { json: {} },
      answered('{'.repeat(2048), { truncated: true }),
      'the answer is longer than 2 KiB',
    ],
    [
      'text that was cut',
      { text: 'x' },
      answered('x'.repeat(2048), { truncated: true }),
      'the answer is longer than 2 KiB',
    ],
  ])('%s is a protocol fault and down', async (_title, spec, answer, message) => {
    const { fault, verdict } = await get(spec, answer);
    expect(fault).toMatchObject({ code: 'protocol', message });
    expect(verdict).toEqual({ state: 'down', note: message });
  });

  it('is measured by the transport’s own latency', async () => {
    expect((await get({}, answered('', { latencyMs: 77 }))).latencyMs).toBe(77);
  });

  it('tells what it counts as facts, for the service to show', async () => {
    const { facts } = await get({ count: 'functions', unit: 'functions' }, answered(worker));
    expect(facts).toMatchObject({ status: 200, count: 3, unit: 'functions' });
  });

  it('asks with the wanted method, headers and trust', async () => {
    const request = {
      url,
      method: 'HEAD',
      headers: { host: 'b' },
      tls: { insecure: false, ca: 'PEM', servername: 'b' },
      headOnly: true as const,
    };
    const result = await look({
      kind: 'http',
      spec: {
        url,
        method: 'HEAD',
        headers: { host: 'b' },
        tls: { ca: '/ca.pem', servername: 'b' },
      },
      calls: [
        { verb: 'readFile', request: { host: null, path: '/ca.pem' }, answer: 'PEM' },
        { verb: 'http', request, answer: answered('') },
      ],
    });
    expect(verdictOf(result)).toBe('up: 200');
  });

  it('that trusts a file which is not there knows nothing of the target', async () => {
    const missing = faultOf('not-found', '/ca.pem does not exist', { side: 'prober' });
    const result = await look({
      kind: 'http',
      spec: { url, tls: { ca: '/ca.pem' } },
      calls: [
        {
          verb: 'readFile',
          request: { host: null, path: '/ca.pem' },
          answer: new FaultError(missing),
        },
      ],
    });
    expect(verdictOf(result)).toBe('unknown: the CA file /ca.pem does not exist');
    expect(result.fault).toMatchObject({
      code: 'tool-missing',
      side: 'prober',
      hint: 'set checks[].tls.ca to a file that does, or leave it out',
    });
  });

  it('shows no secret of its URL and no control sequence of its answer', async () => {
    const secretUrl = 'http://joel:hunter22@localhost:3111/';
    const request = { url: secretUrl, method: 'GET', headers: {}, tls: { insecure: false } };
    const body = JSON.stringify({ status: '\u001b]0;owned\u0007 at hunter22' });
    const result = await look({
      kind: 'http',
      spec: { url: secretUrl, json: { status: 'ok' } },
      secrets: ['hunter22'],
      calls: [{ verb: 'http', request, answer: answered(body) }],
    });
    expect(result.verdict.note).toContain('•••');
    expect(JSON.stringify(result)).not.toMatch(/hunter22|\\u001b|\\u0007/);
  });
});

describe('what differs', () => {
  it.each<[Json, Json, string | null]>([
    [{ a: 1 }, { a: 1, b: 2 }, null],
    [{ a: { b: [1, { c: 2 }] } }, { a: { b: [1, { c: 2, d: 3 }] } }, null],
    [[1, 2], [1, 2, 3], 'the answer is a list of 3, expected a list of 2'],
    [{ a: [1, 2] }, { a: [1, 3] }, 'a[1] is 3, expected 2'],
    [{ a: {} }, { a: [] }, 'a is a list of 0, expected an object'],
    [{ a: null }, {}, 'a is missing, expected null'],
    [{ a: null }, { a: null }, null],
    [{ constructor: 1 }, {}, 'constructor is missing, expected 1'],
    [true, 'true', 'the answer is "true", expected true'],
    [{ a: 1 }, 'a', 'the answer is "a", expected an object'],
  ])('of %j from %j is %s', (wanted, actual, words) => {
    expect(firstMismatch(wanted, actual)).toBe(words);
  });
});

it.each<[Json, string, number | null]>([
  [{ a: 5 }, 'a', 5],
  [{ a: { b: [1, 2] } }, 'a.b', 2],
  [{ a: [{ n: 7 }] }, 'a.0.n', 7],
  [{ a: [1] }, 'a.9', null],
  [{ a: 'five' }, 'a', null],
  [{ a: null }, 'a.b', null],
  [{}, 'toString', null],
  [[1, 2, 3], 'a', null],
])('in %j the count at %s is %s', (json, path, count) => {
  expect(countAt(json, path)).toBe(count);
});
