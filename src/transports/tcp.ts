import { connect } from 'node:net';
import { elapsedMs } from './clock.ts';
import { connected, targetOf } from './connect.ts';
import type { Transports } from './contract.ts';
import { withDeadline } from './deadline.ts';
import { connectionFault } from './fault-of-error.ts';
import type { Sockets } from './sockets.ts';

/** Connects, and closes. */
export function createTcp(sockets: Sockets): Transports['tcp'] {
  return ({ host, port }, options) => {
    const target = targetOf(host, port);
    return sockets.withSlot(target, options.signal, () =>
      withDeadline(options, async (deadline) => {
        const startedMs = performance.now();
        const socket = connect({ host, port });
        try {
          await connected(socket, 'connect', { sockets, deadline, host, port });
          return { latencyMs: elapsedMs(startedMs) };
        } catch (error) {
          throw connectionFault(error, target);
        } finally {
          socket.destroy();
        }
      }),
    );
  };
}
