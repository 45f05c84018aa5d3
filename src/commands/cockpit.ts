import type { Summary } from '../model/report.ts';
import type { Intent } from '../tui/intent.ts';
import type { Opening } from '../tui/main.tsx';
import { parseMemory, type UiMemory } from '../tui/ui-memory.ts';
import { createWatchedStore, type WatchedStore } from '../watch/store.ts';
import { isActionIntent } from './acting/action-intent.ts';
import { type Actions, createActions } from './acting/cockpit-actions.ts';
import { type CockpitAudit, isAuditIntent } from './acting/cockpit-audit.ts';
import { type CockpitLogs, createCockpitLogs } from './acting/cockpit-logs.ts';
import { auditsInCockpit } from './audit/in-cockpit.ts';
import type { Context } from './context.ts';
import { crashLines } from './crash-report.ts';
import { followInventory } from './follow-inventory.ts';
import { loadLastKnown } from './last-known-file.ts';
import { type LogFile, openLog } from './log-file.ts';
import { type OpenNetwork, openNetwork } from './open-network.ts';
import { openUrl } from './open-url.ts';
import { keepOpening } from './opening/keep-opening.ts';
import { reportOf } from './report-of.ts';
import { ringOnIncidents } from './ring-bell.ts';
import { saveScreen } from './save-screen.ts';
import { readStateFile, type StateFile, writeStateFile } from './state-file.ts';
import { stateHome } from './state-folder.ts';
import { tellLauncher } from './tell-launcher.ts';
import { themeOf } from './theme.ts';
import { watchPane } from './tmux-sight.ts';
import { keepTmuxStatus } from './tmux-status.ts';

/** The full-screen cockpit over a poller, drawn first from the last known state and where it was left. */
export async function cockpit(outer: Context, opening: Opening | null): Promise<number> {
  // Nothing may write beside the cockpit while it has the screen: it is told when it has ended.
  const told = new Set<string>();
  try {
    return await openCockpit(outer, { told, opening });
  } finally {
    opening?.close();
    for (const line of told) outer.warn(line);
  }
}

interface Told {
  /** Lines to be told when the terminal is back. */
  readonly told: Set<string>;
  /** What stands on the screen meanwhile. */
  readonly opening: Opening | null;
}

/** More lines than these that came up meanwhile say nothing new; the log has them all. */
const mostTold = 20;

async function openCockpit(outer: Context, { told, opening }: Told): Promise<number> {
  const theme = themeOf(outer);
  tellLauncher(process.env);
  const later = { ...outer, warn: (line: string): void => void told.add(line) };
  const [open, { runCockpit }] = await Promise.all([openNetwork(later), import('../tui/main.tsx')]);
  const log = await openLog(stateHome(outer));
  log.hide(open.secrets);
  const warn = (line: string): void => {
    log.line(line);
    if (told.size < mostTold) told.add(log.clean(line));
  };
  const context = { ...outer, warn };
  const { network, transports, badge } = open;
  const [lastKnown, remembered] = await Promise.all([
    loadLastKnown(open, context),
    loadMemory(open, context),
  ]);
  const store = createWatchedStore(network, { nowMs: transports.clock.now(), lastKnown });
  const watch = followInventory(open, store, {
    ...context,
    log: log.line,
    onTaken: async ({ secrets }) => {
      log.hide(secrets);
      await actions.idle();
    },
  });
  const actions = createActions({
    context,
    open: () => watch.current(),
    state: () => store.getState().state,
    poll: () => watch.order('poll-now'),
  });
  const logs = createCockpitLogs({ context, open: () => watch.current() });
  const audits = await auditsInCockpit({ context, store, open: () => watch.current() });
  log.line(`a cockpit of ${network.inventory.name} begins, pid ${process.pid}`);
  const sight = watchPane(context);
  const ends = [
    sight.stop,
    endWithParent(store),
    keepTmuxStatus(store, context),
    ringOnIncidents(store, () => process.stdout.write('\u0007')),
  ];
  let left: UiMemory | null = null;
  try {
    const dispatch = (intent: Intent): Promise<string> | undefined => {
      if (intent.type === 'save')
        return saveScreen(open.stateFolder, intent.screen, reportOf(store));
      if (intent.type === 'open') return openUrl(intent.url, context);
      if (isActionIntent(intent)) return actions.take(intent);
      if (isAuditIntent(intent)) return audits.take(intent);
      if (intent.type === 'logs' || intent.type === 'close-logs') return void logs.take(intent);
      if (intent.type === 'focus' || intent.type === 'blur') sight.focus(intent.type === 'focus');
      if (intent.type !== 'quit' && intent.type !== 'blur') watch.order(intent.type);
      return undefined;
    };
    const { clock } = outer.options;
    const look = {
      badge,
      clock,
      log: log.line,
      clean: log.clean,
      opening,
      theme,
      remembered,
      signal: outer.signal,
      isSeen: sight.isSeen,
      offersOf: actions.offersOf,
      onOpen: showAll(actions, logs, audits),
      letGo: watch.letGo,
    };
    const end = await runCockpit({ store, dispatch, ...look });
    await writeStateFile(memoryFile(open), `${JSON.stringify(end.remembered)}\n`, context);
    if (end.error === undefined) left = end.remembered;
    else tellCrash(end.error, { log, store, told });
    log.line(`it ends with ${end.exitCode}`);
    return end.exitCode;
  } finally {
    await Promise.all([actions.stop(), logs.stop(), audits.stop()]);
    await Promise.all(ends.map((stop) => stop()));
    await watch.stop();
    // A picture that cannot be drawn must not change how a cockpit has ended.
    if (left !== null) await keepOpening(watch.current(), left, context).catch(logError(log));
    const trouble = log.trouble();
    if (trouble !== null) told.add(trouble);
  }
}

type Hands = Parameters<Actions['showIn']>[0] &
  Parameters<CockpitLogs['showIn']>[0] &
  Parameters<CockpitAudit['showIn']>[0];

function showAll(...shown: readonly { showIn(cockpit: Hands): void }[]): (cockpit: Hands) => void {
  return (cockpit) => {
    for (const one of shown) one.showIn(cockpit);
  };
}

function logError(log: LogFile): (error: unknown) => void {
  return (error) =>
    log.line(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

interface Crash {
  readonly log: LogFile;
  readonly store: WatchedStore;
  readonly told: Set<string>;
}

/** Names the report and the log: the stack itself has just been told. */
function tellCrash(error: unknown, { log, store, told }: Crash): void {
  logError(log)(error);
  const path = log.report(crashLines(error, summaryIn(store)));
  told.add(
    path === null ? `its log: ${log.path}` : `a report of it: ${path}; its log: ${log.path}`,
  );
}

/** Null where what is known is what broke it. */
function summaryIn(store: WatchedStore): Summary | null {
  try {
    return reportOf(store).summary;
  } catch {
    return null;
  }
}

/**
 * A cockpit whose launcher was killed has lost who would put the terminal right: it ends itself. It
 * looks when the store is told the time, each second: a timer of its own would wake the process again.
 */
function endWithParent(store: WatchedStore): () => void {
  const parent = process.ppid;
  return store.subscribe(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGHUP');
  });
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
