import type { EventEmitter } from 'node:events';
import type { IncomingMessage, RequestOptions } from 'node:http';
import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { urlToHttpOptions } from 'node:url';
import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import { targetOf } from './connect.ts';
import type { HttpRequest, TlsSettings } from './contract.ts';
import type { HttpAgents } from './http-agents.ts';
import { nodeHttp, nodeHttps } from './node-http.ts';

const defaultMaxBytes = 1024 * 1024;
/** Of a body that nobody reads: as much as is worth to keep its connection. */
const unreadBytes = 64 * 1024;

/** A request that Node can send, and what is needed to speak of it. */
export interface PreparedRequest {
  readonly target: string;
  readonly host: string;
  readonly tls: boolean;
  readonly options: RequestOptions;
  readonly body: string | undefined;
  readonly maxBytes: number;
  readonly headOnly?: boolean;
  /** Makes the request, for one that goes over a connection which it shares with others. */
  readonly start?: StartRequest;
}

/** What is read of an answer, whichever HTTP it came by. */
export type HttpReply = Readable & Pick<IncomingMessage, 'statusCode' | 'headers' | 'complete'>;

/** What is used of Node's request. Events: `socket`, `response` (HttpReply), `error`, `close`. */
export interface HttpCall extends EventEmitter {
  readonly reusedSocket: boolean;
  destroy(error?: Error): unknown;
  end(body?: string): unknown;
}

/** `connecting` gets the socket of a connection that must be opened first. */
export type StartRequest = (
  signal: AbortSignal,
  connecting: (socket: Socket) => void,
) => Promise<HttpCall>;

/** The request, not yet sent. */
export function startRequest(
  { start, tls, options }: PreparedRequest,
  ...waiting: Parameters<StartRequest>
): Promise<HttpCall> | HttpCall {
  if (start) return start(...waiting);
  return tls ? nodeHttps.request(options) : nodeHttp.request(options);
}

/** Messages name no part of a URL but host and port: the rest may hold a secret. */
export function prepareRequest(request: HttpRequest, agents: HttpAgents): PreparedRequest {
  const { url, method, headers, tls, body, headOnly = false } = request;
  const { maxBytes = headOnly ? unreadBytes : defaultMaxBytes } = request;
  const { protocol, host, port, ...place } = placeOf(url);
  const options = {
    ...place,
    ...tlsOptions(tls),
    host,
    port,
    method,
    agent: agents[protocol],
    headers: { 'user-agent': 'joelclaw', accept: '*/*', ...lengthOf(body), ...headers },
  };
  const target = targetOf(host, port);
  return { target, host, tls: protocol === 'https:', options, body, maxBytes, headOnly };
}

/** Told ahead, as not every server takes chunks. */
function lengthOf(body: string | undefined): Readonly<Record<string, string>> {
  return body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

/** Where a request goes, as Node wants to be told it. */
interface Place {
  readonly protocol: 'http:' | 'https:';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly auth?: string;
}

/** The same few are asked again and again; one that names a moment or a run is never asked twice. */
const places = new Map<string, Place>();
const mostPlaces = 1000;

function placeOf(url: string): Place {
  const known = places.get(url) ?? readPlace(url);
  if (places.size >= mostPlaces) places.clear();
  places.set(url, known);
  return known;
}

function readPlace(url: string): Place {
  try {
    const { protocol, hostname, port, path, auth } = urlToHttpOptions(new URL(url));
    if (protocol !== 'http:' && protocol !== 'https:') throw new TypeError('not http');
    const place = { protocol, host: hostname ?? '', path: path ?? '/' } as const;
    const known = { ...place, port: Number(port || (protocol === 'http:' ? 80 : 443)) };
    return auth ? { ...known, auth } : known;
  } catch (cause) {
    const fault = faultOf('protocol', 'its URL is not an http or https URL', { side: 'prober' });
    throw new FaultError(fault, { cause });
  }
}

/** Node ignores text that is no PEM, and the target would be blamed for an unknown authority. */
function tlsOptions({ ca, insecure = false, servername }: TlsSettings): object {
  if (ca !== undefined && !ca.includes('-----BEGIN')) {
    throw new FaultError(
      faultOf('tool-missing', 'the ca file holds no certificate', { hint: 'it must be PEM text' }),
    );
  }
  return {
    rejectUnauthorized: !insecure,
    ...(ca === undefined ? {} : { ca }),
    ...(servername === undefined ? {} : { servername }),
  };
}
