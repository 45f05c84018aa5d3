import { connect, type Socket } from 'node:net';
import { elapsedMs } from './clock.ts';
import { connected, resetError, targetOf } from './connect.ts';
import type { Transports } from './contract.ts';
import { withDeadline } from './deadline.ts';
import { connectionFault } from './fault-of-error.ts';
import type { Sockets } from './sockets.ts';

/** A greeting longer than this is cut: SSH's own limit for its first line (RFC 4253 §4.2). */
const maxBannerBytes = 255;

/** Connects and, when asked to, reads the first line that the server sends unasked; then closes. */
export function createTcp(sockets: Sockets): Transports['tcp'] {
  return ({ host, port, banner = false }, options) => {
    const target = targetOf(host, port);
    return sockets.withSlot(target, options.signal, () =>
      withDeadline(options, async (deadline) => {
        const startedMs = performance.now();
        const socket = connect({ host, port });
        try {
          await connected(socket, 'connect', { sockets, deadline, host, port });
          const latencyMs = elapsedMs(startedMs);
          return { latencyMs, banner: banner ? await firstLine(socket) : '' };
        } catch (error) {
          throw connectionFault(error, target);
        } finally {
          socket.destroy();
        }
      }),
    );
  };
}

/** Without its line end. What came before the server hung up is enough; nothing at all is a reset. */
function firstLine(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let heard = Buffer.alloc(0);
    const finish = (): void =>
      resolve(heard.subarray(0, maxBannerBytes).toString('utf8').split(/\r?\n/, 1)[0] ?? '');
    socket.on('data', (chunk: Buffer) => {
      heard = Buffer.concat([heard, chunk]);
      if (heard.includes('\n') || heard.length >= maxBannerBytes) finish();
    });
    socket.once('error', reject);
    socket.once('close', () => (heard.length > 0 ? finish() : reject(resetError())));
  });
}
