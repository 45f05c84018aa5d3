import type { Socket } from 'node:net';
import type { Client } from 'ssh2';

const intervalMs = 5000;
const maxUnanswered = 2;

/**
 * Ends a connection on which nothing was heard for two questions, 5 s apart. ssh2 has the same, but
 * its timer holds the process alive; so what is asked here is a thing that any server answers: to
 * cancel a forwarding that never was (RFC 4254 §7.1). Any byte is an answer.
 */
export function keepAlive(socket: Socket, client: Client): void {
  let heard = socket.bytesRead;
  let unanswered = 0;
  const timer = setInterval(() => {
    unanswered = socket.bytesRead > heard ? 0 : unanswered;
    heard = socket.bytesRead;
    if (unanswered >= maxUnanswered) return void socket.destroy();
    unanswered++;
    ask(client);
  }, intervalMs).unref();
  socket.once('close', () => clearInterval(timer));
}

function ask(client: Client): void {
  try {
    client.unforwardIn('', 0, () => {});
  } catch {
    // It has just ended, and its close is on the way.
  }
}
