import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { createSecureServer } from 'node:http2';
import { createServer, type Server, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** An HTTPS server on 127.0.0.1, of HTTP/1.1 and by default HTTP/2, that can go away and come back. */
interface KubeListener {
  port(): number;
  sockets(): { readonly open: number; readonly ever: number };
  /** Resets the connection that comes from a port. */
  reset(remotePort: number | undefined): void;
  /** The port refuses from now on, and all sockets are destroyed. */
  goAway(): Promise<void>;
  comeBack(port?: number): Promise<void>;
}

export async function startKubeListener(
  options: ServerOptions,
  serve: RequestListener,
  tell: () => void,
  http2 = true,
): Promise<KubeListener> {
  const open = new Set<Socket>();
  let ever = 0;
  const start = async (onPort: number): Promise<Server> => {
    const started = http2
      ? (createSecureServer({ ...options, allowHTTP1: true }, serve as never) as unknown as Server)
      : createServer(options, serve);
    started.on('connection', (socket: Socket) => {
      ever++;
      open.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        open.delete(socket);
        tell();
      });
    });
    // A client that is refused in the handshake is what some tests want.
    started.on('tlsClientError', () => {});
    started.listen(onPort, '127.0.0.1');
    await once(started, 'listening');
    return started;
  };
  let server = await start(0);
  let { port } = server.address() as AddressInfo;
  return {
    port: () => port,
    sockets: () => ({ open: open.size, ever }),
    reset: (remotePort) => {
      [...open].find((socket) => socket.remotePort === remotePort)?.resetAndDestroy();
    },
    goAway: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of open) socket.destroy();
      await closed;
    },
    comeBack: async (other = port) => {
      server = await start(other);
      ({ port } = server.address() as AddressInfo);
    },
  };
}
