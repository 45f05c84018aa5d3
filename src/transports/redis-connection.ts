import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { closedError } from './connect.ts';
import type { RedisPlace } from './redis-url.ts';
import { createReplyReader, encodeCommand, type Reply } from './resp.ts';

/** One connection, on which one exchange at a time is made. */
export interface RedisConnection {
  readonly socket: Socket;
  /**
   * Sends all commands at once. As many replies as commands, or fewer up to the first error: after
   * one a server may hang up. Rejects with Node's own error.
   */
  exchange(commands: readonly (readonly string[])[]): Promise<readonly Reply[]>;
}

/** Starts to connect; whoever asked waits for the socket's event. */
export function openRedis({ host, port, tls }: RedisPlace): RedisConnection {
  const name = isIP(host) === 0 ? { servername: host } : {};
  const socket = tls ? connectTls({ host, port, ...name }) : connectPlain({ host, port });
  let hear = (_chunk: Buffer): void => void socket.destroy();
  let fail = (_error: Error): void => {};
  // Between two exchanges nothing is due: what comes unasked ends the connection.
  const quiet = { hear, fail };
  socket.on('data', (chunk: Buffer) => hear(chunk));
  socket.on('error', (error) => fail(error));
  let heardBytes = 0;
  socket.on('close', () => fail(closedError(heardBytes)));
  const exchange: RedisConnection['exchange'] = (commands) => {
    const replies: Reply[] = [];
    heardBytes = 0;
    const read = createReplyReader();
    const answered = new Promise<readonly Reply[]>((resolve, reject) => {
      fail = reject;
      hear = (chunk) => {
        heardBytes += chunk.length;
        try {
          replies.push(...read(chunk));
          const refused = replies.some(({ error }) => error);
          if (refused || replies.length >= commands.length) resolve(replies);
        } catch (error) {
          reject(error);
        }
      };
      if (socket.destroyed) return reject(closedError());
      socket.write(commands.map(encodeCommand).join(''));
    });
    return answered.finally(() => {
      ({ hear, fail } = quiet);
    });
  };
  return { socket, exchange };
}
