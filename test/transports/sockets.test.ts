import { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createSockets, maxSocketsInAll, type Sockets } from '../../src/transports/sockets.ts';

const made: Socket[] = [];

afterEach(() => {
  for (const socket of made.splice(0)) socket.destroy();
});

function open(sockets: Sockets, target: string): Socket {
  const socket = new Socket();
  made.push(socket);
  sockets.opened(target, socket);
  return socket;
}

const never = new AbortController().signal;

describe('The sockets of the process', () => {
  it('that rest make room when 256 are open, the last to rest first', () => {
    const sockets = createSockets();
    const all = Array.from({ length: maxSocketsInAll }, (_, n) => open(sockets, `host-${n}:80`));
    for (const socket of all.slice(10, 20)) sockets.rest(socket);
    open(sockets, 'one-more:80');
    expect(all.filter((socket) => socket.destroyed)).toEqual([all[19]]);
  });

  it('that were woken are not closed to make room', () => {
    const sockets = createSockets();
    const [busy, other] = [open(sockets, 'a:80'), open(sockets, 'a:80')];
    sockets.rest(busy);
    sockets.rest(other);
    sockets.wake(busy);
    open(sockets, 'a:80');
    expect([busy.destroyed, other.destroyed]).toEqual([false, true]);
  });

  it('that rest for one target are closed together, and no others', () => {
    const sockets = createSockets();
    const [here, there] = [open(sockets, 'a:80'), open(sockets, 'b:80')];
    sockets.rest(here);
    sockets.rest(there);
    sockets.closeResting('a:80');
    expect([here.destroyed, there.destroyed]).toEqual([true, false]);
  });

  it('are counted for ever, and all closed at the end', () => {
    const sockets = createSockets();
    const [first, second] = [open(sockets, 'a:80'), open(sockets, 'b:80')];
    first.destroy();
    sockets.close();
    expect(second.destroyed).toBe(true);
    expect(sockets.count()).toBe(2);
  });

  it('work at most twice at a time for one target, and 256 times in all', async () => {
    const sockets = createSockets();
    const gate = Promise.withResolvers<void>();
    const working = new Map<string, number>();
    let most = 0;
    const targets = Array.from({ length: 200 }, (_, n) => `host-${n}:80`);
    const calls = [...targets, ...targets, ...targets].map((target) =>
      sockets.withSlot(target, never, async () => {
        working.set(target, (working.get(target) ?? 0) + 1);
        most = Math.max(most, ...working.values());
        await gate.promise;
        working.set(target, (working.get(target) ?? 0) - 1);
      }),
    );
    await new Promise(setImmediate);
    const inAll = [...working.values()].reduce((sum, n) => sum + n, 0);
    gate.resolve();
    await Promise.all(calls);
    expect(inAll).toBe(maxSocketsInAll);
    expect(most).toBe(2);
  });

  it('that were aborted while they waited for a slot never work', async () => {
    const sockets = createSockets();
    const gate = Promise.withResolvers<void>();
    const run = new AbortController();
    let worked = 0;
    const held = [1, 2].map(() => sockets.withSlot('a:80', never, () => gate.promise));
    const waiting = sockets.withSlot('a:80', run.signal, async () => void worked++);
    run.abort();
    await expect(waiting).rejects.toThrow('the run ended first');
    gate.resolve();
    await Promise.all(held);
    await sockets.withSlot('a:80', never, async () => {});
    expect(worked).toBe(0);
  });
});
