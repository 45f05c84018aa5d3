import type { Poller } from '../../watch/poller.ts';

/** Does what a user wants of the poller; what is no order is nothing. */
export function obey(poller: Poller, what: unknown): void {
  if (what === 'poll-now') poller.pollNow();
  else if (what === 'focus') poller.resetBackOffs();
  else if (what === 'pause') poller.pause();
  else if (what === 'resume') poller.resume();
}
