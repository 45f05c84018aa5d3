import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import type { Client } from 'ssh2';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepAlive } from '../../../src/transports/ssh/keep-alive.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch(): { socket: Socket; destroy: () => void; ask: () => void } {
  const destroy = vi.fn();
  const ask = vi.fn();
  const socket = Object.assign(new EventEmitter(), { bytesRead: 0, writable: true, destroy });
  keepAlive(socket as unknown as Socket, { unforwardIn: ask } as unknown as Client);
  return { socket: socket as unknown as Socket, destroy, ask };
}

describe('A resting ssh connection', () => {
  it('is asked every 5 s, and ended when two questions have no answer', () => {
    const { destroy, ask } = watch();
    vi.advanceTimersByTime(10_000);
    expect(ask).toHaveBeenCalledTimes(2);
    expect(destroy).not.toHaveBeenCalled();
    vi.advanceTimersByTime(5000);
    expect(destroy).toHaveBeenCalledOnce();
  });

  it('is kept while anything comes', () => {
    const { socket, destroy } = watch();
    for (let round = 0; round < 20; round++) {
      Object.assign(socket, { bytesRead: socket.bytesRead + (round % 2) });
      vi.advanceTimersByTime(5000);
    }
    expect(destroy).not.toHaveBeenCalled();
  });

  it('is not asked any more when it has closed', () => {
    const { socket, ask } = watch();
    socket.emit('close');
    vi.advanceTimersByTime(60_000);
    expect(ask).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
