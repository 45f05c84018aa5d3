import type { Intent } from '../tui/intent.ts';
import { createPoller, type Poller } from '../watch/poller.ts';
import { createWatchedStore } from '../watch/store.ts';
import { type Command, wantsColor } from './context.ts';
import { keepLastKnown } from './keep-last-known.ts';
import { loadLastKnown } from './last-known-file.ts';
import { openNetwork } from './open-network.ts';

/** More lines than these that came up meanwhile say nothing new. */
const keptLines = 20;

/** The full-screen cockpit over a poller, drawn first from the last known state. */
export const cockpit: Command = async (outer) => {
  // Nothing may write beside the cockpit while it has the screen: it is told when it has ended.
  const told: string[] = [];
  const log = (line: string): void => {
    if (told.length < keptLines && !told.includes(line)) told.push(line);
  };
  const context = { ...outer, warn: log };
  const [open, { runCockpit }] = await Promise.all([
    openNetwork(context),
    import('../tui/main.tsx'),
  ]);
  const { network, transports, badge } = open;
  const lastKnown = await loadLastKnown(open, context);
  const store = createWatchedStore(network, { nowMs: transports.clock.now(), lastKnown });
  const poller = createPoller({ network, transports, store });
  const stopKeeping = keepLastKnown(open, store, context);
  poller.start();
  try {
    const dispatch = (intent: Intent): void => act(poller, intent);
    const colour = wantsColor(context);
    const { exitCode } = await runCockpit({ store, dispatch, badge, log, colour });
    return exitCode;
  } finally {
    await poller.stop();
    await stopKeeping();
    await transports.close();
    for (const line of told) outer.warn(line);
  }
};

function act(poller: Poller, intent: Intent): void {
  switch (intent.type) {
    case 'poll-now':
      poller.pollNow();
      break;
    case 'pause':
      poller.pause();
      break;
    case 'resume':
      poller.resume();
      break;
    default:
      break;
  }
}
