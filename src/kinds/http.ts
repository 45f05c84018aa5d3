import * as z from 'zod';
import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import type { Json } from '../model/json.ts';
import type { Verdict } from '../model/result.ts';
import type { HttpResponse } from '../transports/contract.ts';
import { defineKind } from './contract.ts';
import { countAt, firstMismatch, parseJson } from './http-body.ts';
import { type StartedFacts, startedFacts } from './started-at.ts';

const tlsSettings = z.strictObject({
  ca: z
    .string()
    .regex(/^(\/|~\/)/, 'is not a path that begins with / or ~/')
    .optional(),
  insecure: z.boolean().default(false),
  servername: z.string().optional(),
});

const spec = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'is not an http or https URL' }),
  method: z
    .string()
    .regex(/^[A-Z]+$/, 'is not a method in capitals')
    .default('GET'),
  headers: z.record(z.string(), z.string()).default({}),
  status: z.int().min(100).max(599).default(200),
  json: z.json().optional(),
  text: z.string().optional(),
  count: z.string().min(1).optional(),
  unit: z.string().optional(),
  min: z.number().optional(),
  startedAt: z
    .string()
    .min(1)
    .describe(
      'Where its JSON tells when its process was started (RFC 3339, or seconds or milliseconds since 1970): each later time is a restart.',
    )
    .optional(),
  tls: tlsSettings.optional(),
});

type HttpSpec = z.output<typeof spec>;

interface HttpFacts extends Partial<StartedFacts> {
  readonly status: number;
  readonly latencyMs: number;
  readonly contentType: string;
  readonly count?: number | null;
  readonly unit?: string;
  /** Why there is no count, when it is too long to be read. */
  readonly tooLong?: string;
  /** The first assertion that does not hold, in words. */
  readonly mismatch?: string;
}

/** An HTTP answer: its status, what its JSON or text must say, what it counts, when it was started. */
export const http = defineKind({
  kind: 'http',
  summary:
    'An HTTP answer has the wanted status, JSON or text; counts what it lists, and restarts.',
  spec,
  observe: async (wanted: HttpSpec, { transports, options, previous }) => {
    const { url, method, headers, startedAt } = wanted;
    const tls = await tlsOf(wanted, (path) => transports.readFile(null, path, options));
    const unread = isRead(wanted) ? {} : { headOnly: true as const };
    const answer = await transports.http({ url, method, headers, tls, ...unread }, options);
    const facts = factsOf(answer, wanted);
    if (startedAt === undefined) return facts;
    // A page of an error may hold a time too, and it may be another process's: a proxy's.
    const json = facts.status === wanted.status ? jsonOf(answer) : undefined;
    return { ...facts, ...startedFacts(json, startedAt, previous?.facts ?? null) };
  },
  judge,
});

/** Whether anything is asked of its body. */
function isRead({ json, text, count, startedAt }: HttpSpec): boolean {
  return [json, text, count, startedAt].some((wish) => wish !== undefined);
}

/** `ca` names a PEM file of this machine; its text is what the transport wants. */
async function tlsOf(
  { tls = { insecure: false } }: HttpSpec,
  read: (path: string) => Promise<string>,
): Promise<{ ca?: string; insecure: boolean; servername?: string }> {
  const { ca, insecure, servername } = tls;
  return {
    insecure,
    ...(ca === undefined ? {} : { ca: await read(ca).catch(toolMissing) }),
    ...(servername === undefined ? {} : { servername }),
  };
}

/** What we look with is missing, as a key file may be: it tells nothing of the target. */
function toolMissing(error: unknown): never {
  if (!(error instanceof FaultError) || error.fault.code !== 'not-found') throw error;
  const hint = 'set checks[].tls.ca to a file that does, or leave it out';
  throw new FaultError(faultOf('tool-missing', `the CA file ${error.fault.message}`, { hint }));
}

function factsOf(answer: HttpResponse, wanted: HttpSpec): HttpFacts {
  const { status, latencyMs } = answer;
  const seen = { status, latencyMs, contentType: answer.headers['content-type'] ?? '' };
  if (status !== wanted.status) {
    return { ...seen, mismatch: `answered ${status}, expected ${wanted.status}` };
  }
  const mismatch = bodyMismatch(answer, wanted);
  const counted = wanted.count === undefined ? {} : countOf(answer, wanted, wanted.count);
  return { ...seen, ...counted, ...(mismatch === null ? {} : { mismatch }) };
}

function bodyMismatch(answer: HttpResponse, { json, text }: HttpSpec): string | null {
  if (json === undefined && text === undefined) return null;
  if (answer.truncated) {
    throw new FaultError(faultOf('protocol', tooLong(answer)));
  }
  if (text !== undefined && !answer.body.includes(text))
    return `the answer does not hold "${text}"`;
  return json === undefined ? null : firstMismatch(json as Json, wantedJson(answer));
}

function wantedJson(answer: HttpResponse): Json {
  const parsed = parseJson(answer.body);
  if (parsed !== undefined) return parsed;
  const html = /^\s*<(?:!doctype|html)/i.test(answer.body);
  const got = html ? 'HTML' : answer.body === '' ? 'an empty answer' : 'something else';
  throw new FaultError(faultOf('protocol', `expected JSON, got ${got}`));
}

function jsonOf({ truncated, body }: HttpResponse): Json | undefined {
  return truncated ? undefined : parseJson(body);
}

function countOf(answer: HttpResponse, { unit }: HttpSpec, path: string): Partial<HttpFacts> {
  const parsed = jsonOf(answer);
  const count = parsed === undefined ? null : countAt(parsed, path);
  const counted = answer.truncated ? { count, tooLong: tooLong(answer) } : { count };
  return unit === undefined ? counted : { ...counted, unit };
}

function judge(facts: HttpFacts, _previous: unknown, wanted: HttpSpec): Verdict {
  if (facts.mismatch !== undefined) return { state: 'down', note: facts.mismatch };
  const { count, unit = '' } = facts;
  const counted = `${count} ${unit}`.trimEnd();
  if (typeof count === 'number' && wanted.min !== undefined && count < wanted.min) {
    return { state: 'degraded', note: `${counted}, expected at least ${wanted.min}` };
  }
  if (count === undefined) return { state: 'up', note: `${facts.status}` };
  const why = facts.tooLong === undefined ? '' : `: ${facts.tooLong}`;
  const told = count === null ? `count unknown${why}` : counted;
  return { state: 'up', note: `${facts.status}, ${told}` };
}

function tooLong({ body }: HttpResponse): string {
  return `the answer is longer than ${Math.ceil(body.length / 1024)} KiB`;
}
