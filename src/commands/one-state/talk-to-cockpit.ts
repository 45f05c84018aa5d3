import { existsSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Ask, Told } from './messages.ts';
import { lineOf, readLines } from './messages.ts';

/** Where whoever polls a network answers for it. */
export function cockpitSocket(stateFolder: string): string {
  return join(stateFolder, 'cockpit.sock');
}

/** A conversation with it. `onEnd` comes once, also after a `close` of ours. */
export interface Talk {
  readonly socket: Socket;
  close(): void;
}

export interface TalkOptions {
  readonly stateFolder: string;
  readonly ask: Ask;
  onTold(told: Told): void;
  onEnd(): void;
}

/** Whoever polls says hello at once; one that is stopped or hangs does not. */
const helloWithinMs = 1000;

/** Asks whoever polls this network; null when the socket is not there. It never throws. */
export function talkToCockpit({ stateFolder, ask, onTold, onEnd }: TalkOptions): Talk | null {
  const path = cockpitSocket(stateFolder);
  if (!existsSync(path)) return null;
  const socket = connect(path);
  const silent = setTimeout(() => socket.destroy(), helloWithinMs);
  socket.on('connect', () => socket.write(lineOf(ask)));
  // Nobody listens any more, or it has gone: `close` follows and says all.
  socket.on('error', () => {});
  socket.on('close', () => {
    clearTimeout(silent);
    onEnd();
  });
  readLines(socket, (message) => {
    clearTimeout(silent);
    if (isTold(message)) onTold(message);
    else socket.destroy();
  });
  return { socket, close: () => socket.destroy() };
}

/** Its version was part of what was asked for, so that no more than this can be wrong with it. */
function isTold(
  message: Readonly<Record<string, unknown>> | undefined,
): message is Told & Readonly<Record<string, unknown>> {
  const { type, change } = message ?? {};
  if (type === 'hello' || type === 'refused') return true;
  return type === 'state' && typeof change === 'object' && change !== null;
}
