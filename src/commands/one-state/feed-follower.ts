import type { Socket } from 'node:net';
import { emptyNetworkState } from '../../model/health.ts';
import { isNoChange, stateChange } from '../../watch/state-change.ts';
import type { Watched, WatchedReader } from '../../watch/store.ts';
import { lineOf, type StateTold } from './messages.ts';

/** A follower's screen needs no more of it. */
const everyMs = 100;

/**
 * Tells a follower the whole state, then what changes, as long as it is connected. One that reads
 * slowly gets fewer and larger changes; nothing is queued for it.
 */
export function feedFollower(socket: Socket, store: WatchedReader): void {
  let sent = emptyNetworkState;
  let told: Pick<StateTold, 'restoredFrom' | 'paused'> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const send = (): void => {
    timer = undefined;
    if (socket.destroyed || socket.writableNeedDrain) return;
    const now = store.getState();
    const change = stateChange(sent, now.state);
    if (told && isNoChange(change) && isSame(told, now)) return;
    const { restoredFrom, paused } = now;
    sent = now.state;
    told = { restoredFrom, paused };
    socket.write(lineOf({ type: 'state', change, ...told }));
  };
  const unsubscribe = store.subscribe(() => {
    timer ??= setTimeout(send, everyMs);
  });
  socket.on('drain', send);
  socket.on('close', () => {
    unsubscribe();
    clearTimeout(timer);
  });
  send();
}

function isSame(told: Pick<StateTold, 'restoredFrom' | 'paused'>, now: Watched): boolean {
  return told.restoredFrom === now.restoredFrom && told.paused === now.paused;
}
