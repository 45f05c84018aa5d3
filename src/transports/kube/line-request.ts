import { EventEmitter } from 'node:events';
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from 'node:http2';
import type { RequestOptions } from 'node:https';
import { FaultError } from '../../model/errors.ts';
import { closedError } from '../connect.ts';
import type { HttpCall } from '../http-request.ts';
import { originOf } from './cluster-line.ts';

/** A request that was silent for so long makes us ask whether its line is alive. */
const suspectMs = 1000;
const pongMs = 2000;
const used = new WeakSet<ClientHttp2Session>();

/** A request as a stream of a session, with the face that Node's requests have over HTTP/1.1. */
export function requestOver(session: ClientHttp2Session, options: RequestOptions): HttpCall {
  const headers = options.headers as Readonly<Record<string, string>>;
  const stream = session.request(
    {
      ...headers,
      ':method': options.method ?? 'GET',
      ':authority': new URL(originOf(options)).host,
      ':path': String(options.path),
    },
    // Node takes a DELETE for one without a body, and would end it.
    { endStream: !('content-length' in headers) },
  );
  const call = Object.assign(new EventEmitter(), {
    reusedSocket: used.has(session),
    destroy: (error?: Error) => void stream.destroy(error),
    end: (body?: string) => void (stream.writable && stream.end(body)),
  });
  used.add(session);
  const startedMs = performance.now();
  stream.once('response', (headers) => call.emit('response', replyOf(stream, headers)));
  stream.on('error', (error) => void call.emit('error', worded(error)));
  stream.once('close', () => {
    const answered = 'statusCode' in stream;
    if (!answered && performance.now() - startedMs > suspectMs) endIfDead(session);
    call.emit('close');
  });
  return call;
}

/** TCP would go on trying for minutes, and each later request with it. */
function endIfDead(session: ClientHttp2Session): void {
  if (session.destroyed) return;
  const end = setTimeout(() => session.destroy(), pongMs).unref();
  session.ping(() => clearTimeout(end));
}

/** Whole when the server ended it; one that was reset ends too. */
function replyOf(
  stream: ClientHttp2Stream,
  { ':status': statusCode, ...headers }: IncomingHttpHeaders,
): object {
  const reply = Object.assign(stream, { statusCode, headers, complete: false });
  return reply.once('end', () => {
    reply.complete = !stream.aborted && stream.rstCode === 0;
  });
}

/** What HTTP/2 calls a cancelled stream or a session that went away is a closed connection here. */
function worded(error: Error): Error {
  const known =
    error instanceof FaultError || ('code' in error && /^E[A-Z]+$/.test(`${error.code}`));
  return known ? error : closedError();
}
