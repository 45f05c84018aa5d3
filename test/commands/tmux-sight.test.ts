import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type PaneSight, watchPane } from '../../src/commands/tmux-sight.ts';

const env = { TMUX: '/tmp/tmux,1,0', TMUX_PANE: '%1' };
let sight: PaneSight;
let asked: number;
let says: string | null;

beforeEach(() => {
  vi.useFakeTimers();
  asked = 0;
});
afterEach(() => {
  sight.stop();
  vi.useRealTimers();
});

const begin = async (): Promise<void> => {
  sight = watchPane({ env }, async () => {
    asked++;
    return says;
  });
  await vi.advanceTimersByTimeAsync(0);
};

describe('a pane of a tmux that tells no focus', () => {
  test('is not seen while another window is in front', async () => {
    says = '1 1 0 1 0\n';
    await begin();
    expect(sight.isSeen()).toBe(true);
    says = '1 0 0 1 0\n';
    await vi.advanceTimersByTimeAsync(5000);
    expect(sight.isSeen()).toBe(false);
    says = '1 1 0 1 0\n';
    await vi.advanceTimersByTimeAsync(2000);
    expect(sight.isSeen()).toBe(true);
  });

  test.each([
    ['behind a zoomed one', '1 1 1 0 0', false],
    ['zoomed itself', '1 1 1 1 0', true],
    ['beside another', '1 1 0 0 0', true],
    ['of a session that all have left', '0 1 0 1 0', false],
    ['of which tmux tells nothing', null, true],
  ])('%s: %s', async (_, told, isSeen) => {
    says = '1 1 0 1 0';
    await begin();
    says = told;
    await vi.advanceTimersByTimeAsync(5000);
    expect(sight.isSeen()).toBe(isSeen);
  });

  test('is drawn for whoever reads a session that nobody has attached to yet', async () => {
    says = '0 1 0 1 0';
    await begin();
    expect(sight.isSeen()).toBe(true);
  });
});

describe('a pane of a tmux that tells focus', () => {
  test('is asked after only while it is not looked at', async () => {
    says = '1 1 0 1 1';
    await begin();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(1);
    says = '1 1 1 0 1';
    sight.focus(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(sight.isSeen()).toBe(false);
    sight.focus(true);
    expect(sight.isSeen()).toBe(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(sight.isSeen()).toBe(true);
  });
});
