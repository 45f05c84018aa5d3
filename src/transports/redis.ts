import { FaultError } from '../model/errors.ts';
import { elapsedMs } from './clock.ts';
import { connected, lateOn } from './connect.ts';
import type { Transports } from './contract.ts';
import { type Deadline, withDeadline } from './deadline.ts';
import { connectionFault } from './fault-of-error.ts';
import { openRedis, type RedisConnection } from './redis-connection.ts';
import { loginFault, texts } from './redis-refusal.ts';
import { type RedisPlace, redisPlace } from './redis-url.ts';
import type { Sockets } from './sockets.ts';

type Commands = readonly (readonly string[])[];

/**
 * Asks Redis a few questions over a connection that is kept for the next round, one for each URL.
 * This client is our own because no library bounds the bytes of a reply or puts one deadline over
 * connect, login and answers; they all reconnect by themselves behind the caller's back, which
 * hides the very outage that is looked for. It speaks as much RESP2 as PING and INFO need.
 * A kept connection that turns out dead is opened once more, so commands must be safe to repeat.
 */
export function createRedis(sockets: Sockets): Transports['redis'] {
  const kept = new Map<string, RedisConnection>();
  return async ({ url, commands }, options) => {
    const place = redisPlace(url);
    return sockets.withSlot(place.target, options.signal, () =>
      withDeadline(options, async (deadline) => {
        const startedMs = performance.now();
        const ask = { url, place, commands, deadline, sockets, kept };
        try {
          const replies = (await askKept(ask)) ?? (await askAnew(ask));
          return { latencyMs: elapsedMs(startedMs), replies };
        } catch (error) {
          throw connectionFault(error, place.target);
        }
      }),
    );
  };
}

interface Ask {
  readonly url: string;
  readonly place: RedisPlace;
  readonly commands: Commands;
  readonly deadline: Deadline;
  readonly sockets: Sockets;
  readonly kept: Map<string, RedisConnection>;
}

/** Null when no connection is kept, or the one that is has died. */
async function askKept(ask: Ask): Promise<readonly string[] | null> {
  const { url, kept, sockets, place, deadline } = ask;
  const connection = kept.get(url);
  kept.delete(url);
  if (!connection || connection.socket.destroyed) return null;
  const { socket } = connection;
  sockets.wake(socket);
  socket.ref();
  const heardBefore = socket.bytesRead;
  deadline.late = lateOn(socket, place.host);
  const close = (): void => void socket.destroy();
  deadline.signal.addEventListener('abort', close, { once: true });
  try {
    return await askOn(connection, ask);
  } catch (error) {
    const stale = socket.bytesRead === heardBefore && !deadline.signal.aborted;
    if (stale) return null;
    throw error;
  }
}

async function askAnew(ask: Ask): Promise<readonly string[]> {
  const { place, sockets, deadline } = ask;
  const connection = openRedis(place);
  const { socket } = connection;
  const { host, port } = place;
  try {
    const event = place.tls ? 'secureConnect' : 'connect';
    await connected(socket, event, { sockets, deadline, host, port });
    await logIn(connection, place);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return askOn(connection, ask);
}

/** No word of the answer to AUTH is shown: a server that does not know the command repeats it. */
async function logIn(connection: RedisConnection, { auth, db }: RedisPlace): Promise<void> {
  if (auth.length > 0) {
    const [reply] = await connection.exchange([['AUTH', ...auth]]);
    if (reply?.error) throw new FaultError(loginFault(reply.text));
  }
  if (db !== null) texts(await connection.exchange([['SELECT', db]]));
}

/** Afterwards the connection rests, or is closed when anything was wrong with it. */
async function askOn(connection: RedisConnection, ask: Ask): Promise<readonly string[]> {
  const { socket } = connection;
  const { url, kept, sockets, commands } = ask;
  try {
    const replies = texts(await connection.exchange(commands));
    if (kept.has(url)) socket.destroy();
    else {
      kept.set(url, connection);
      socket.unref();
      sockets.rest(socket);
    }
    return replies;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}
