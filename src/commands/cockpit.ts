import type { Intent } from '../tui/intent.ts';
import { parseMemory, type UiMemory } from '../tui/ui-memory.ts';
import { createWatchedStore } from '../watch/store.ts';
import type { Command, Context } from './context.ts';
import { followInventory } from './follow-inventory.ts';
import { loadLastKnown } from './last-known-file.ts';
import { type OpenNetwork, openNetwork } from './open-network.ts';
import { openUrl } from './open-url.ts';
import { saveScreen } from './save-screen.ts';
import { readStateFile, type StateFile, writeStateFile } from './state-file.ts';
import { themeOf } from './theme.ts';

/** More lines than these that came up meanwhile say nothing new. */
const keptLines = 20;

/** The full-screen cockpit over a poller, drawn first from the last known state and where it was left. */
export const cockpit: Command = async (outer) => {
  // Nothing may write beside the cockpit while it has the screen: it is told when it has ended.
  const told = new Set<string>();
  const log = (line: string): void => {
    if (told.size < keptLines) told.add(line);
  };
  try {
    return await openCockpit({ ...outer, warn: log });
  } finally {
    for (const line of told) outer.warn(line);
  }
};

async function openCockpit(context: Context): Promise<number> {
  const theme = themeOf(context);
  const [open, { runCockpit }] = await Promise.all([
    openNetwork(context),
    import('../tui/main.tsx'),
  ]);
  const { network, transports, badge } = open;
  const [lastKnown, remembered] = await Promise.all([
    loadLastKnown(open, context),
    loadMemory(open, context),
  ]);
  const store = createWatchedStore(network, { nowMs: transports.clock.now(), lastKnown });
  const watch = followInventory(open, store, context);
  const stopWatching = endWithParent();
  try {
    const dispatch = (intent: Intent): Promise<string> | undefined => {
      if (intent.type === 'save')
        return saveScreen(open.stateFolder, intent.screen, store.getState());
      if (intent.type === 'open') return openUrl(intent.url, context);
      if (intent.type !== 'quit') watch.order(intent.type);
      return undefined;
    };
    const look = { badge, log: context.warn, theme, remembered };
    const end = await runCockpit({ store, dispatch, ...look });
    await writeStateFile(memoryFile(open), `${JSON.stringify(end.remembered)}\n`, context);
    return end.exitCode;
  } finally {
    stopWatching();
    await watch.stop();
  }
}

/** A cockpit whose launcher was killed has lost who would put the terminal right: it ends itself. */
function endWithParent(): () => void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGHUP');
  }, 1000);
  return () => clearInterval(timer);
}

/** Where the cockpit was left; a file of no use is as good as none. */
async function loadMemory(open: OpenNetwork, context: Context): Promise<UiMemory | undefined> {
  const text = await readStateFile(memoryFile(open), context);
  try {
    return text === null ? undefined : parseMemory(JSON.parse(text));
  } catch {
    return undefined;
  }
}

function memoryFile({ stateFolder }: OpenNetwork): StateFile {
  return { folder: stateFolder, name: 'cockpit.json', what: 'where the cockpit was left' };
}
