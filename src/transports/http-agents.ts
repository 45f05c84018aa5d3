import type { Agent as PlainAgent } from 'node:http';
import type { Agent as TlsAgent } from 'node:https';
import { Socket } from 'node:net';
import { targetOf } from './connect.ts';
import { nodeHttp, nodeHttps } from './node-http.ts';
import type { Sockets } from './sockets.ts';

/** One agent for each protocol: they keep sockets between rounds. */
export interface HttpAgents {
  readonly 'http:': PlainAgent;
  readonly 'https:': TlsAgent;
  close(): void;
}

/**
 * Agents whose sockets are entered in `sockets`. They have no limits of their own: slots are given
 * out before a request is made, so that an agent never lets one wait. No TLS session is resumed:
 * a resumed one skips the look at the certificate.
 */
export function createHttpAgents(sockets: Sockets): HttpAgents {
  const plain = entered(new nodeHttp.Agent({ keepAlive: true }), sockets);
  const tls = entered(new nodeHttps.Agent({ keepAlive: true, maxCachedSessions: 0 }), sockets);
  return {
    'http:': plain,
    'https:': tls,
    close: () => {
      plain.destroy();
      tls.destroy();
    },
  };
}

/** The three steps in a socket's life that Node documents as an agent's to be overridden. */
function entered<A extends PlainAgent>(agent: A, sockets: Sockets): A {
  const { createConnection, keepSocketAlive, reuseSocket } = agent;
  return Object.assign(agent, {
    createConnection: (...[options, done]: Parameters<typeof createConnection>) => {
      const socket = createConnection.call(agent, options, done);
      if (socket instanceof Socket) {
        sockets.opened(targetOf(options.host ?? '', Number(options.port)), socket);
      }
      return socket;
    },
    keepSocketAlive: (...[socket]: Parameters<typeof keepSocketAlive>) => {
      sockets.rest(socket as Socket);
      return keepSocketAlive.call(agent, socket);
    },
    reuseSocket: (...[socket, request]: Parameters<typeof reuseSocket>) => {
      sockets.wake(socket as Socket);
      reuseSocket.call(agent, socket, request);
    },
  });
}
