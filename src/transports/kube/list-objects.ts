import { FaultError } from '../../model/errors.ts';
import { type Fault, faultOf } from '../../model/fault.ts';
import { isJsonObject, type JsonObject } from '../../model/json.ts';
import { type Deadline, untilAborted } from '../deadline.ts';
import { exchange, type HttpAnswer, StaleConnection } from '../http-exchange.ts';
import type { Sockets } from '../sockets.ts';
import { answerFault, notUnderstood } from './answer-fault.ts';
import type { Asked } from './asked.ts';
import { metadataOf, withoutBulk } from './held-objects.ts';
import type { Speech } from './speech.ts';

const pageSize = 500;
/** A list that is longer than this is none that we could show. */
const maxPages = 400;
const maxStarts = 3;

/** A whole list as it was at one moment. */
export interface Listed {
  readonly objects: readonly JsonObject[];
  /** Where a watch goes on from. */
  readonly resourceVersion: string;
  /** Milliseconds since 1970, of its first page: the others show the same moment. */
  readonly provenAtMs: number;
}

export interface ListAsk extends Omit<Asked, 'prepared' | 'verb'> {
  readonly path: string;
  readonly deadline: Deadline;
  readonly sockets: Sockets;
  readonly speech: Speech;
  /** Told of each request before it is sent. */
  asks(asked: Asked): void;
}

interface Page {
  readonly objects: readonly JsonObject[];
  readonly resourceVersion: string;
  readonly more: string;
}

/** Reads page after page. A list that outlives its continue token (410) is begun anew. */
export async function listObjects(ask: ListAsk): Promise<Listed> {
  for (let starts = 1; ; starts++) {
    const listed = await onceThrough(ask);
    if (listed) return listed;
    if (starts === maxStarts) {
      throw new FaultError(faultOf('protocol', 'its list expires before it can be read'));
    }
  }
}

async function onceThrough(ask: ListAsk): Promise<Listed | null> {
  const objects: JsonObject[] = [];
  let more = '';
  let provenAtMs = 0;
  for (let pages = 0; pages < maxPages; pages++) {
    const page = await pageOf(ask, more);
    if (!page) return null;
    provenAtMs ||= Date.now();
    objects.push(...page.objects);
    more = page.more;
    if (!more) return { objects, resourceVersion: page.resourceVersion, provenAtMs };
  }
  throw new FaultError(faultOf('protocol', 'its list has no end'));
}

/** Null when the token has expired. */
async function pageOf(ask: ListAsk, token: string): Promise<Page | null> {
  const { access, path, resource, namespace } = ask;
  const query = `limit=${pageSize}${token ? `&continue=${encodeURIComponent(token)}` : ''}`;
  ask.deadline.late = (span) => lateCredentials(span, access.context);
  const prepared = await untilAborted(ask.deadline.signal, () =>
    access.prepare(`${path}?${query}`, 'list'),
  );
  const asked: Asked = { verb: 'list', resource, namespace, access, prepared };
  ask.asks(asked);
  const answer = await exchangeTwice(asked, ask);
  if (answer.status === 410 && token) return null;
  const isApi = ask.speech.isFresh() || beginsAsObject.test(answer.body);
  if (answer.status !== 200) throw answerFault(answer, { ...asked, isApi });
  if (answer.truncated) {
    const size = `${prepared.maxBytes / 1024 / 1024} MiB`;
    throw new FaultError(faultOf('protocol', `a page of its list is longer than ${size}`));
  }
  const page = parsePage(answer.body);
  if (!page) throw notUnderstood({ ...asked, isApi }, faultIn(answer.body));
  return page;
}

/** What is cut off or is no list begins so nevertheless, where an API server has said it. */
const beginsAsObject = /^\s*\{\s*"(?:kind|apiVersion)"\s*:\s*"/;

function faultIn(body: string): string {
  if (!/^\s*\{/.test(body)) return 'is no JSON';
  return jsonOf(body) === null ? 'was cut short' : 'is no list of objects';
}

/** A program that asks its user to log in, as a rule. */
function lateCredentials(span: string, context: string): Fault {
  const hint = `kubectl --context ${context} get nodes shows what its login program waits for`;
  const message = `the credentials of context ${context} did not come within ${span}`;
  return faultOf('timeout', message, { side: 'prober', hint });
}

/** A kept connection may have been closed at the very moment that it is used again. */
async function exchangeTwice(
  { prepared }: Asked,
  { deadline, sockets }: ListAsk,
): Promise<HttpAnswer> {
  try {
    return await exchange(prepared, deadline);
  } catch (error) {
    if (!(error instanceof StaleConnection)) throw error;
    sockets.closeResting(prepared.target);
    return await exchange(prepared, deadline);
  }
}

/** Null for what is no list of objects; an empty one may have `null` for its items. */
function parsePage(body: string): Page | null {
  const list = jsonOf(body);
  if (!isJsonObject(list) || !isJsonObject(list['metadata'])) return null;
  const { resourceVersion, continue: more = '' } = list['metadata'];
  const items = list['items'] ?? [];
  if (typeof resourceVersion !== 'string' || typeof more !== 'string' || !Array.isArray(items)) {
    return null;
  }
  const objects: JsonObject[] = [];
  for (const item of items as readonly unknown[]) {
    const metadata = metadataOf(item);
    if (metadata) objects.push(withoutBulk(item as JsonObject, metadata));
  }
  return objects.length === items.length ? { objects, resourceVersion, more } : null;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
