import type { Socket } from 'node:net';
import { FaultError } from '../../model/errors.ts';
import { faultOf } from '../../model/fault.ts';
import { closedError, lateOn } from '../connect.ts';
import { reasonOf, spanOf, withDeadline } from '../deadline.ts';
import { type Body, collectBody } from '../http-body.ts';
import { type HttpCall, type HttpReply, startRequest } from '../http-request.ts';
import { answerFault } from './answer-fault.ts';
import type { Asked } from './asked.ts';

const maxLineChars = 8 * 1024 * 1024;
const maxRefusalBytes = 64 * 1024;

export interface WatchAsk {
  readonly asked: Asked;
  readonly signal: AbortSignal;
  /** How long the head of its answer may take. */
  readonly acceptMs: number;
  /** How long it may be silent then. */
  readonly quietMs: number;
  /** The server has accepted it: the cache is what the server has. */
  accepted(): void;
  /** What this throws ends the watch. */
  line(text: string): void;
}

/**
 * One watch, from its request to its end. Resolves when it ended after it was accepted, by the
 * server, by a line that broke or went dead; rejects with Node's error or a FaultError when it was
 * not accepted, with what `line` throws, and with the reason of the signal. It keeps no process alive.
 */
export async function watchOnce(ask: WatchAsk): Promise<void> {
  const { asked, signal, acceptMs, quietMs } = ask;
  if (signal.aborted) throw reasonOf(signal);
  const request = await withDeadline({ timeoutMs: acceptMs, signal }, async (deadline) =>
    startRequest(asked.prepared, deadline.signal, (socket) => {
      deadline.late = lateOn(socket, asked.prepared.host);
    }),
  );
  return new Promise((resolve, reject) => {
    const onAbort = (): void => void request.destroy(reasonOf(signal));
    signal.addEventListener('abort', onAbort, { once: true });
    const late = faultOf('timeout', `no answer to a watch within ${spanOf(acceptMs)}`);
    let timer = setTimeout(() => request.destroy(new FaultError(late)), acceptMs).unref();
    let answer: { readonly response: HttpReply; readonly refusal: Body | null } | null = null;
    let failure: Error | null = null;
    let unheard: Error | null = null;
    request.once('socket', (socket: Socket) => socket.unref());
    request.on('error', (error: Error) => {
      failure ??= error;
    });
    request.once('response', (response: HttpReply) => {
      const accepted = response.statusCode === 200;
      answer = { response, refusal: accepted ? null : collectBody(response, maxRefusalBytes) };
      response.on('error', () => {});
      if (!accepted) return;
      clearTimeout(timer);
      timer = setTimeout(() => request.destroy(), quietMs).unref();
      ask.accepted();
      response.on('data', () => void timer.refresh());
      readLines(response, ask.line, (error) => {
        unheard ??= error;
        request.destroy();
      });
    });
    request.once('close', () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      const error = signal.aborted ? reasonOf(signal) : unheard;
      if (error) return reject(error);
      if (answer?.refusal) return reject(refused(answer.response, answer.refusal, asked));
      if (answer || isStale(request, failure)) return resolve();
      reject(failure ?? closedError());
    });
    request.end();
  });
}

/** The server closed a kept connection at the very moment that it was used again. */
function isStale(request: HttpCall, error: NodeJS.ErrnoException | null): boolean {
  return request.reusedSocket && /^(?:ECONNRESET|EPIPE)$/.test(error?.code ?? '');
}

function refused({ statusCode = 0, headers }: HttpReply, body: Body, asked: Asked): Error {
  return answerFault({ status: statusCode, headers, body: body.text() }, asked);
}

function readLines(
  response: HttpReply,
  line: (text: string) => void,
  fail: (error: Error) => void,
): void {
  let rest = '';
  response.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    try {
      if (rest.length > maxLineChars) {
        throw new FaultError(faultOf('protocol', 'an event of its watch is too long'));
      }
      for (const one of lines) if (one.trim() !== '') line(one);
    } catch (error) {
      fail(error as Error);
    }
  });
}
