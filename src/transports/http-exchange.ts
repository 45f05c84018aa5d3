import type { Socket } from 'node:net';
import { lateAnswer, lateOn, resetError } from './connect.ts';
import type { HttpResponse } from './contract.ts';
import type { Deadline } from './deadline.ts';
import { type Body, collectBody } from './http-body.ts';
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
  const { options, body: sent, maxBytes, host } = prepared;
  const waitsFor = (socket: Socket): void => {
    deadline.late = lateOn(socket, host);
  };
  const request = await startRequest(prepared, deadline.signal, waitsFor);
  return new Promise((resolve, reject) => {
    let answer: { readonly response: HttpReply; readonly body: Body } | null = null;
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
      answer = { response, body: collectBody(response, maxBytes) };
    });
    request.once('close', () => {
      const whole = answer && (answer.response.complete || answer.body.truncated());
      if (answer && whole) return resolve(answerOf(answer.response, answer.body));
      const stale = request.reusedSocket && !answer && isSafe(options.method) && isReset(failure);
      reject(stale ? new StaleConnection() : (failure ?? resetError()));
    });
    request.end(sent);
  });
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

function isSafe(method: string | undefined): boolean {
  return method === 'GET' || method === 'HEAD';
}

function isReset(error: Error | null): boolean {
  return error === null || ('code' in error && /^(?:ECONNRESET|EPIPE)$/.test(String(error.code)));
}
