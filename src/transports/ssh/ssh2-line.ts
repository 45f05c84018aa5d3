import type { Socket } from 'node:net';
import type { Client } from 'ssh2';
import { FaultError } from '../../model/errors.ts';
import { connectionLost } from '../../model/fault.ts';
import { untilAborted } from '../deadline.ts';
import { endThere } from './end-there.ts';
import { keepAlive } from './keep-alive.ts';
import type { SshLine } from './line.ts';
import { runOnChannel } from './run-on-channel.ts';

/**
 * A line over a client that has logged in; `clients` are the jump hosts' and then its own, `socket`
 * is the first one's. It holds the process alive only while a program runs over it.
 */
export function ssh2Line(socket: Socket, clients: readonly Client[]): SshLine {
  const client = clients.at(-1);
  if (!client) throw new Error('no client that has logged in');
  let open = !socket.destroyed;
  let running = 0;
  const endings = new Set<Promise<void>>();
  const hold = (): void => {
    if (running++ === 0) socket.ref();
  };
  const release = (): void => {
    if (--running === 0) socket.unref();
  };
  const onLate = (command: string): void => {
    if (!open) return;
    hold();
    const ending = endThere(client, command).finally(() => {
      endings.delete(ending);
      release();
    });
    endings.add(ending);
  };
  const close = (): void => {
    open = false;
    socket.destroy();
  };
  // A jump host's end is the whole line's.
  for (const one of clients) one.once('close', close);
  keepAlive(socket, client);
  socket.unref();
  return {
    isOpen: () => open,
    close: async () => {
      await Promise.all(endings);
      close();
    },
    run: async (request, deadline) => {
      if (!open) throw new FaultError(connectionLost);
      hold();
      try {
        return await untilAborted(deadline.signal, () =>
          runOnChannel({ client, isOpen: () => open, onLate }, request, deadline),
        );
      } finally {
        release();
      }
    },
  };
}
