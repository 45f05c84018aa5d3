import type { Socket } from 'node:net';
import { FaultError } from '../model/errors.ts';
import { cutShort, type Fault } from '../model/fault.ts';
import { closedError, lateAnswer, lateOn } from './connect.ts';
import type { HttpResponse } from './contract.ts';
import type { Deadline } from './deadline.ts';
import { type Body, collectBody, leaveUnread } from './http-body.ts';
import { type HttpReply, type PreparedRequest, startRequest } from './http-request.ts';

export type HttpAnswer = Omit<HttpResponse, 'latencyMs'>;

/** A kept connection turned out to be closed, before anything of an answer came. */
export class StaleConnection extends Error {
  readonly code = 'ECONNRESET';
}

/**
 * Sends one request. Rejects with Node's own error, or with StaleConnection when it may be asked
 * again. Settles when the request is closed: only then does its socket rest, ready for the next one.
 */
export async function exchange(prepared: PreparedRequest, deadline: Deadline): Promise<HttpAnswer> {
  const { options, body: sent, maxBytes, headOnly = false, host } = prepared;
  let hasHeard = (): boolean => false;
  const waitsFor = (socket: Socket): void => {
    hasHeard = hearingOn(socket);
    deadline.late = lateOn(socket, host);
  };
  const request = await startRequest(prepared, deadline.signal, waitsFor);
  return new Promise((resolve, reject) => {
    let answer: Answer | null = null;
    let failure: Error | null = null;
    const fail = (error: Error): void => {
      failure ??= error;
    };
    deadline.signal.addEventListener('abort', () => request.destroy(), { once: true });
    request.once('socket', waitsFor);
    request.on('error', fail);
    request.once('response', (response: HttpReply) => {
      deadline.late = lateAnswer;
      response.on('error', fail);
      const isLeft = headOnly ? leaveUnread(response) : () => false;
      answer = { response, body: collectBody(response, maxBytes), isLeft };
    });
    request.once('close', () => {
      if (answer && isEnough(answer)) return resolve(answerOf(answer.response, answer.body));
      const stale = request.reusedSocket && !answer && isSafe(options.method) && isReset(failure);
      if (stale) return reject(new StaleConnection());
      const fault = isClosed(failure) && cutFault(answer?.body, hasHeard());
      reject(fault ? new FaultError(fault) : (failure ?? closedError()));
    });
    request.end(sent);
  });
}

interface Answer {
  readonly response: HttpReply;
  readonly body: Body;
  /** Whether we have hung up on it. */
  readonly isLeft: () => boolean;
}

function isEnough({ response, body, isLeft }: Answer): boolean {
  return response.complete || body.truncated() || isLeft();
}

function answerOf(response: HttpReply, body: Body): HttpAnswer {
  const headers = Object.entries(response.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: body.text(),
    truncated: body.truncated(),
  };
}

/** Whether anything comes from now on. A handshake's bytes are no answer, so none of TLS counts. */
function hearingOn(socket: Socket): () => boolean {
  const before = socket.bytesRead;
  return () => !('encrypted' in socket) && socket.bytesRead > before;
}

/** How far an answer came that was to be longer; null where there was none. */
function cutFault(body: Body | undefined, hasHeard: boolean): Fault | null {
  if (!body) return hasHeard ? cutShort('in its head') : null;
  const size = body.heardBytes();
  return cutShort(size === 0 ? 'after its head' : `after ${size} bytes`);
}

/** By the other side and in order, as no call to the system has failed. */
function isClosed(error: Error | null): boolean {
  const code = error && 'code' in error ? String(error.code) : '';
  return (
    error === null || (!('syscall' in error) && /^(?:ECONNRESET|HPE_INVALID_EOF_STATE)$/.test(code))
  );
}

function isSafe(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD';
}

function isReset(error: Error | null): boolean {
  return error === null || ('code' in error && /^(?:ECONNRESET|EPIPE)$/.test(String(error.code)));
}
