import { isIP, type Socket } from 'node:net';
import { type Fault, faultOf } from '../model/fault.ts';
import type { Deadline } from './deadline.ts';
import { noResolver } from './fault-of-error.ts';
import type { Sockets } from './sockets.ts';

/** What a socket's verbs say for `host:port`, as messages, slots and limits name it. */
export function targetOf(host: string, port: number): string {
  return `${host.toLowerCase()}:${port}`;
}

/**
 * Enters a socket that is connecting, and waits until it is connected (`secureConnect`: until TLS
 * is agreed). It is destroyed when the deadline ends. Rejects with Node's own error.
 */
export function connected(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  more: { sockets: Sockets; deadline: Deadline; host: string; port: number },
): Promise<void> {
  const { sockets, deadline, host, port } = more;
  sockets.opened(targetOf(host, port), socket);
  deadline.late = lateOn(socket, host);
  deadline.signal.addEventListener('abort', () => socket.destroy(), { once: true });
  return new Promise((resolve, reject) => {
    socket.once(event, resolve);
    socket.once('error', reject);
    socket.once('close', () => reject(closedError()));
  });
}

/**
 * What being late on a socket means: no resolver, no answer, or an answer that began. Only bytes
 * that come from now on count. Those of a TLS handshake say nothing of the answer.
 */
export function lateOn(socket: Socket, host: string): (span: string) => Fault {
  let resolved = !socket.connecting || isIP(host) !== 0;
  // Not on a kept socket: there it never comes, and each round would leave a listener behind.
  if (!resolved) {
    socket.once('lookup', () => {
      resolved = true;
    });
  }
  const before = socket.bytesRead;
  const encrypted = 'encrypted' in socket;
  return (span) => {
    if (!resolved) return noResolver(` within ${span}`);
    const begun = !encrypted && socket.bytesRead > before;
    return begun ? lateAnswer(span) : faultOf('timeout', `no answer within ${span}`);
  };
}

/** Something came, but not all of it. */
export function lateAnswer(span: string): Fault {
  return faultOf('timeout', `no whole answer within ${span}`);
}

/** For a connection that ends without an error and without all that was wanted: that much was heard. */
export function closedError(heardBytes = 0): Error {
  return Object.assign(new Error('closed'), { code: 'ECONNRESET', heardBytes });
}
