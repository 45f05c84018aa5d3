import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A server that does what is asked of it to whoever connects, and counts. */
export interface Behaving {
  readonly port: number;
  readonly url: string;
  /** How many connected so far. */
  connections(): number;
  /** Bytes that the kernel took from us, over all connections. */
  sentBytes(): number;
  /** How many connections are open now. */
  open(): number;
  /** Resolves when so many are open at once. */
  connected(count: number): Promise<void>;
  /** Resolves when the next open connection closes. */
  nextClosed(): Promise<void>;
  /** Destroys what is open, and goes on listening. */
  hangUp(): void;
  stop(): Promise<void>;
}

/** Listens on 127.0.0.1, on a free port unless told; `behave` gets each connection. */
export async function startBehaving(
  behave: (socket: Socket) => void,
  onPort = 0,
): Promise<Behaving> {
  const open = new Set<Socket>();
  const all: Socket[] = [];
  const waiting: (() => void)[] = [];
  let onOpen = (): void => {};
  const server = createServer((socket) => {
    open.add(socket);
    all.push(socket);
    onOpen();
    socket.on('error', () => {});
    socket.once('close', () => {
      open.delete(socket);
      for (const done of waiting.splice(0)) done();
    });
    behave(socket);
  });
  server.listen(onPort, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const hangUp = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port,
    url: `http://127.0.0.1:${port}/`,
    connections: () => all.length,
    sentBytes: () =>
      all.reduce((sum, socket) => sum + socket.bytesWritten - socket.writableLength, 0),
    open: () => open.size,
    connected: (count) =>
      new Promise((resolve) => {
        onOpen = () => open.size >= count && resolve();
        onOpen();
      }),
    nextClosed: () => new Promise((resolve) => void waiting.push(resolve)),
    hangUp,
    stop: async () => {
      hangUp();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Reads what comes and never says a word. */
export const neverAnswer = (socket: Socket): void => void socket.resume();

/** Says `text`, then a byte a second for ever. */
export const drip =
  (text: string) =>
  (socket: Socket): void => {
    socket.resume();
    socket.write(text);
    const timer = setInterval(() => socket.write('.'), 1000);
    socket.once('close', () => clearInterval(timer));
  };

/** Says `head`, then as much as the other side takes. */
export const flood =
  (head: string) =>
  (socket: Socket): void => {
    const chunk = Buffer.alloc(64 * 1024, 'x');
    const pour = (): void => {
      while (!socket.destroyed && socket.write(chunk));
    };
    socket.once('data', () => {
      socket.write(head);
      pour();
    });
    socket.on('drain', pour);
  };

/** Resets the connection as soon as something was asked. */
export const reset = (socket: Socket): void => {
  socket.once('data', () => socket.resetAndDestroy());
};

/** Says the bytes once it was asked, and hangs up. */
export const say =
  (...bytes: readonly (string | Buffer)[]) =>
  (socket: Socket): void => {
    socket.once('data', () => {
      for (const part of bytes) socket.write(part);
      socket.end();
    });
  };

/** An HTTP/1.1 answer with a body of known length, after which the connection may be kept. */
export function httpAnswer(contentType: string, body: string | Buffer): Buffer {
  const bytes = Buffer.from(body as string);
  const head = `HTTP/1.1 200 OK\r\nContent-Type: ${contentType}\r\nContent-Length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes]);
}

/** Garbage as a broken or hostile device sends it: a cleared screen, a changed title, no HTTP. */
export const garbage = '\u001b[2J\u001b]0;owned\u0007\u0000\u00ff not http at all\r\n\r\n';
