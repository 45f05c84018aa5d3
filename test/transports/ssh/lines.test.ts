import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FaultError } from '../../../src/model/errors.ts';
import { faultOf } from '../../../src/model/fault.ts';
import type { Deadline } from '../../../src/transports/deadline.ts';
import type { SshLine } from '../../../src/transports/ssh/line.ts';
import { createLines } from '../../../src/transports/ssh/lines.ts';
import { faultOfCall } from '../../support/calls.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function deadline(): Deadline {
  return { signal: new AbortController().signal, late: () => faultOf('timeout', 'late') };
}

function line(): SshLine & { open: boolean } {
  const one = {
    open: true,
    isOpen: () => one.open,
    close: async () => void Object.assign(one, { open: false }),
    run: () => Promise.reject(new Error('not run here')),
  };
  return one;
}

const refused = async (): Promise<SshLine> => {
  throw new FaultError(faultOf('refused', 'refused'));
};

describe('A line', () => {
  it('is opened once for all who ask, and again when it was lost', async () => {
    const lines = createLines();
    const made: ReturnType<typeof line>[] = [];
    const connect = async (): Promise<SshLine> => {
      const one = line();
      made.push(one);
      return one;
    };
    const both = await Promise.all([
      lines.open('a', deadline(), connect),
      lines.open('a', deadline(), connect),
    ]);
    expect(both[0]).toBe(both[1]);
    await lines.open('b', deadline(), connect);
    expect(made).toHaveLength(2);
    if (made[0]) made[0].open = false;
    expect(await lines.open('a', deadline(), connect)).toBe(made[2]);
    await lines.close();
    expect(made.map(({ open }) => open)).toEqual([false, false, false]);
  });

  it('that failed is tried again after 1, 2, 4 and then every 5 seconds', async () => {
    const lines = createLines();
    const connect = vi.fn(refused);
    const tries = async (): Promise<number> => {
      const before = connect.mock.calls.length;
      expect(await faultOfCall(lines.open('a', deadline(), connect))).toMatchObject({
        code: 'refused',
      });
      return connect.mock.calls.length - before;
    };
    expect(await tries()).toBe(1);
    for (const waitMs of [1000, 2000, 4000, 5000, 5000]) {
      vi.advanceTimersByTime(waitMs - 1);
      expect(await tries()).toBe(0);
      vi.advanceTimersByTime(1);
      expect(await tries()).toBe(1);
    }
    vi.advanceTimersByTime(5000);
    const good = line();
    expect(await lines.open('a', deadline(), async () => good)).toBe(good);
    good.open = false;
    // A good connection has made good: the waits begin anew.
    expect(await tries()).toBe(1);
    vi.advanceTimersByTime(1000);
    expect(await tries()).toBe(1);
  });

  it('that comes when everybody has left is closed', async () => {
    const lines = createLines();
    const coming = Promise.withResolvers<SshLine>();
    const run = new AbortController();
    const asking = { ...deadline(), signal: run.signal };
    const call = lines.open('a', asking, () => coming.promise);
    run.abort();
    const late = line();
    coming.resolve(late);
    expect(await faultOfCall(call)).toMatchObject({ code: 'aborted' });
    await vi.waitFor(() => expect(late.open).toBe(false));
  });

  it('hands on a bug as it is, and does not remember it', async () => {
    const lines = createLines();
    const broken = async (): Promise<SshLine> => {
      throw new TypeError('a bug');
    };
    await expect(lines.open('a', deadline(), broken)).rejects.toThrow(TypeError);
    const good = line();
    expect(await lines.open('a', deadline(), async () => good)).toBe(good);
  });
});
