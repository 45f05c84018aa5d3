import { chmod, unlink } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import type { Poller } from '../../watch/poller.ts';
import type { WatchedReader } from '../../watch/store.ts';
import { feedFollower } from './feed-follower.ts';
import { type Ask, lineOf, type Refusal, readLines } from './messages.ts';
import { obey } from './obey.ts';
import { sampleWhenFresh } from './sample-when-fresh.ts';

/** Who polls, and for which network others may ask it. */
export interface ServeOptions {
  readonly path: string;
  readonly identity: string;
  readonly store: WatchedReader;
  readonly poller: Poller;
}

/** Whoever connects and says nothing for this long has nothing to ask. */
const askWithinMs = 5000;
const mostClients = 64;

/**
 * Serves the state of a running poller on a unix socket, 0600. The caller holds `poll.lock`: a file
 * that lies there is left from one that is no more. Returns what ends it and removes the socket;
 * rejects with the system's error where it cannot listen.
 */
export async function serveState(options: ServeOptions): Promise<() => Promise<void>> {
  const clients = new Set<Socket>();
  const server = createServer((socket) => {
    clients.add(socket);
    socket.on('close', () => clients.delete(socket));
    // A client that goes away in the middle is no trouble of ours.
    socket.on('error', () => {});
    answer(socket, options);
  });
  server.maxConnections = mostClients;
  await unlink(options.path).catch(() => {});
  await listening(server, options.path);
  await chmod(options.path, 0o600);
  // Nothing that it could tell later concerns the one who polls.
  server.on('error', () => {});
  return () => {
    for (const socket of clients) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  };
}

function listening(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function answer(socket: Socket, options: ServeOptions): void {
  const late = setTimeout(() => socket.destroy(), askWithinMs);
  socket.on('close', () => clearTimeout(late));
  let isFollower = false;
  const greet = (): boolean => socket.write(lineOf({ type: 'hello', pid: process.pid }));
  readLines(socket, (message) => {
    const order = message?.['do'];
    if (isFollower) return order === 'hello' ? void greet() : obey(options.poller, order);
    clearTimeout(late);
    const why = refusalOf(message ?? {}, options);
    if (why) return void socket.end(lineOf({ type: 'refused', why }));
    greet();
    isFollower = message?.['want'] === 'follow';
    take(socket, message as unknown as Ask, options);
  });
}

function take(socket: Socket, ask: Ask, { store, poller }: ServeOptions): void {
  if (ask.want === 'follow') feedFollower(socket, store);
  else if (ask.want === 'sample') {
    const { checks, sinceMs = 0 } = ask;
    sampleWhenFresh(socket, { store, poller, wanted: new Set(checks), sinceMs });
  } else {
    poller.goOnFrom(ask.facts);
    sampleWhenFresh(socket, { store, poller, wanted: new Set(), sinceMs: 0 });
  }
}

/** Null when it can be answered. */
function refusalOf(
  { want, network, checks, facts }: Readonly<Record<string, unknown>>,
  { identity, store }: ServeOptions,
): Refusal | null {
  const isWhole =
    want === 'follow' ||
    (want === 'sample' && Array.isArray(checks)) ||
    (want === 'accept' && typeof facts === 'object' && facts !== null);
  if (!isWhole) return 'malformed';
  if (network !== identity) return 'another-network';
  const isToAsk = Array.isArray(checks) && checks.length > 0;
  return isToAsk && store.getState().paused ? 'paused' : null;
}
