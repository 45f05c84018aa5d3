import type { ClientHttp2Session } from 'node:http2';
import type { RequestOptions } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { type ConnectionOptions, connect as connectTls, type TLSSocket } from 'node:tls';
import { closedError, targetOf } from '../connect.ts';
import { untilAborted } from '../deadline.ts';
import { nodeHttps } from '../node-http.ts';
import type { Sockets } from '../sockets.ts';

const nodeHttp2 = process.getBuiltinModule('node:http2');

const keepAliveMs = 30_000;
/** Lists are some MiB: with HTTP/2's own 64 KiB each would wait for the far side again and again. */
const windowBytes = 16 * 1024 * 1024;

/** The one connection to an API server that speaks HTTP/2: each list and each watch is a stream of it. */
export interface ClusterLine {
  /**
   * A session for these options, which is opened when there is none. Null when the server speaks
   * HTTP/1.1 only. Rejects with Node's own error. `seen` gets the socket that is being connected.
   */
  session(
    options: RequestOptions,
    signal: AbortSignal,
    seen: (socket: Socket) => void,
  ): Promise<ClientHttp2Session | null>;
  /** The connection that turned out to speak HTTP/1.1, once. */
  takeSpare(): Socket | null;
  close(): void;
}

interface Opening {
  readonly socket: Socket;
  readonly session: Promise<ClientHttp2Session | null>;
  waiting: number;
  settled: boolean;
  /** A session knows it before its socket says so. */
  ended(): boolean;
}

export function createClusterLine(sockets: Sockets): ClusterLine {
  let line: { readonly name: string; readonly opening: Opening } | null = null;
  let spare: Socket | null = null;
  let onlyHttp1 = false;

  const open = (options: RequestOptions): Opening => {
    const socket = connectTls(tlsOptions(options)).setNoDelay().setKeepAlive(true, keepAliveMs);
    socket.unref();
    sockets.opened(targetOf(String(options.host), Number(options.port)), socket);
    let session: ClientHttp2Session | null = null;
    const opening: Opening = {
      ...{ socket, waiting: 0, settled: false, session: agree(socket, options) },
      ended: () => socket.destroyed || session?.closed === true || session?.destroyed === true,
    };
    const forget = (): void => {
      if (line?.opening === opening) line = null;
    };
    opening.session.then((agreed) => {
      opening.settled = true;
      session = agreed;
      if (session) return;
      forget();
      [spare, onlyHttp1] = [socket, true];
    }, forget);
    return opening;
  };

  return {
    session: async (options, signal, seen) => {
      if (onlyHttp1) return null;
      const name = nodeHttps.globalAgent.getName(options);
      if (line && line.name !== name) {
        line.opening.session.then((session) => session?.close()).catch(() => {});
        line = null;
      }
      if (line?.opening.ended()) line = null;
      line ??= { name, opening: open(options) };
      const { opening } = line;
      seen(opening.socket);
      return waitFor(opening, signal);
    },
    takeSpare: () => {
      const taken = spare;
      spare = null;
      return taken?.destroyed ? null : taken;
    },
    close: () => {
      line?.opening.socket.destroy();
      spare?.destroy();
    },
  };
}

/** For `:authority` and messages; an IPv6 address stands in brackets. */
export function originOf({ host, port }: RequestOptions): string {
  return `https://${isIP(String(host)) === 6 ? `[${host}]` : host}:${port}`;
}

/** As Node's agent for HTTPS does it: no name is sent (SNI) for an address. */
function tlsOptions({
  agent: _,
  headers: __,
  path: ___,
  ...options
}: RequestOptions): ConnectionOptions {
  const { host, servername = isIP(String(host)) ? '' : String(host) } = options;
  return { ...options, servername, ALPNProtocols: ['h2', 'http/1.1'] } as ConnectionOptions;
}

/** Null when the server chose HTTP/1.1, or nothing. */
function agree(socket: TLSSocket, options: RequestOptions): Promise<ClientHttp2Session | null> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', () => reject(closedError()));
    socket.once('secureConnect', () => {
      if (socket.alpnProtocol !== 'h2') return resolve(null);
      const session = nodeHttp2.connect(originOf(options), {
        createConnection: () => socket,
        settings: { enablePush: false, initialWindowSize: windowBytes },
      });
      session.setLocalWindowSize(windowBytes);
      // Each request on it is told by itself.
      session.on('error', () => {});
      session.unref();
      resolve(session);
    });
  });
}

/** Nobody waits for a connection any more: the next one may find the server faster than TCP retries. */
async function waitFor(opening: Opening, signal: AbortSignal): Promise<ClientHttp2Session | null> {
  opening.waiting++;
  try {
    return await untilAborted(signal, () => opening.session);
  } finally {
    opening.waiting--;
    if (signal.aborted && opening.waiting === 0 && !opening.settled) opening.socket.destroy();
  }
}
