import type { Socket } from 'node:net';
import { createLimits, type Limits } from './limit.ts';

const maxSocketsPerTarget = 2;
export const maxSocketsInAll = 256;

/**
 * All the sockets of one process, whatever speaks over them: at most 2 to a target (`host:port`)
 * and 256 in all. A socket that rests (kept open between two rounds) counts too, and is closed
 * when its place is needed. Node's Agents cannot do this: each counts only its own, and a resting
 * socket of one target makes another target wait.
 */
export interface Sockets {
  /** Waits for one of the target's places, then works. */
  readonly withSlot: Limits['run'];
  /** Enters a socket that was just made; makes room for it first. */
  opened(target: string, socket: Socket): void;
  /** It is unused until it is woken, and may be closed meanwhile. */
  rest(socket: Socket): void;
  wake(socket: Socket): void;
  /** Closes what rests for a target: after one of them was found dead. */
  closeResting(target: string): void;
  /** How many were ever opened. */
  count(): number;
  close(): void;
}

export function createSockets(): Sockets {
  const limits = createLimits({ perKey: maxSocketsPerTarget, inAll: maxSocketsInAll });
  const targetOf = new Map<Socket, string>();
  const resting = new Set<Socket>();
  let count = 0;

  const forget = (socket: Socket): void => {
    targetOf.delete(socket);
    resting.delete(socket);
  };
  const drop = (socket: Socket): void => {
    forget(socket);
    socket.destroy();
  };
  const restingAt = (target: string): readonly Socket[] =>
    [...resting].filter((socket) => targetOf.get(socket) === target);
  const makeRoom = (target: string): void => {
    // Rounds ask in the same order: closing the longest at rest would close each just before its turn.
    const lastToRest = [...resting].at(-1);
    if (targetOf.size >= maxSocketsInAll && lastToRest) drop(lastToRest);
    const open = [...targetOf.values()].filter((other) => other === target).length;
    const [first] = restingAt(target);
    if (open >= maxSocketsPerTarget && first) drop(first);
  };

  return {
    withSlot: limits.run,
    opened: (target, socket) => {
      makeRoom(target);
      count++;
      targetOf.set(socket, target);
      socket.once('close', () => forget(socket));
    },
    rest: (socket) => void (targetOf.has(socket) && resting.add(socket)),
    wake: (socket) => void resting.delete(socket),
    closeResting: (target) => restingAt(target).forEach(drop),
    count: () => count,
    close: () => [...targetOf.keys()].forEach(drop),
  };
}
