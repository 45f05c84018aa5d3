import { render } from 'ink';
import type { WatchedReader } from '../watch/store.ts';
import { App } from './app.tsx';
import { type Cockpit, openCockpit } from './cockpit.ts';
import { createEnding, type Ending } from './ending.ts';
import {
  exitCodeOf,
  holdProcess,
  type LetGo,
  readSize,
  routeConsole,
  stopGroup,
} from './hold-process.ts';
import { inkOptions } from './ink-options.ts';
import { type Intent, isTerminalIntent } from './intent.ts';
import type { Size } from './layout.ts';
import { overPicture } from './over-picture.ts';
import type { Meta } from './shown.ts';
import type { OffersOf } from './surroundings.ts';
import { createTerminalDoor, type TerminalDoor } from './terminal-intents.ts';
import { focusReports, mouseReports, takeReports } from './terminal-reports.ts';
import { terseStdout } from './terse-stdout.ts';
import type { ThemeName } from './themes.ts';
import type { UiMemory } from './ui-memory.ts';

/** What stands on the screen before a cockpit does. */
export interface Opening {
  /** The cockpit has the screen: from now on it is the one that leaves it. */
  handOver(): void;
  /** Leaves the screen as it was found, unless it was handed over. */
  close(): void;
}

/** What a cockpit is opened with. */
export interface RunCockpitOptions extends Pick<Meta, 'badge' | 'clock'> {
  /** Only looked at. */
  readonly store: WatchedReader;
  /** Told what the user wants; `quit` comes last. What it answers is shown in the footer. */
  dispatch(intent: Intent): Promise<string> | undefined;
  readonly remembered?: UiMemory | undefined;
  /** Whether a terminal that is not looked at can be seen: beside another pane. Seen unless told. */
  isSeen?(): boolean;
  /** Aborted by a signal that came before the cockpit was there: it ends at once. */
  readonly signal?: AbortSignal;
  readonly stdin?: NodeJS.ReadStream;
  readonly stdout?: NodeJS.WriteStream;
  readonly theme: ThemeName;
  /** What can be done to these, as they were last seen. */
  readonly offersOf?: OffersOf;
  /** The zone of local times; the machine's own unless told. */
  readonly timeZone?: string;
  /** Where a console message of a dependency goes, one line at a time: never onto the screen. */
  log(line: string): void;
  /** What breaks the cockpit is told without secrets. */
  clean(text: string): string;
  /** A picture on the alternate screen that the first frame is drawn over; null where there is none. */
  readonly opening?: Opening | null;
  readonly letGo?: LetGo;
  /** Told once how actions are shown. */
  onOpen?(cockpit: Pick<Cockpit, 'show' | 'showLogs' | 'showAudit'>): void;
}

/** 0 after a quit, 128+n after a signal, 70 after an error of ours, which stderr has been told. */
export interface CockpitEnd {
  readonly exitCode: number;
  /** What broke it; undefined when nothing did. */
  readonly error: unknown;
  readonly remembered: UiMemory;
}

/** Opens the cockpit on a terminal and ends with it, the terminal as it was found. */
export async function runCockpit(options: RunCockpitOptions): Promise<CockpitEnd> {
  const { stdin = process.stdin, stdout = process.stdout, opening = null } = options;
  const ending = createEnding((words) => void process.stderr.write(options.clean(words)));
  const door = createTerminalDoor({
    write: (bytes) => stdout.write(bytes),
    readSize: () => readSize(stdout),
    stopGroup: () => stopGroup(process, options.letGo),
    onError: (error) => ending.end(70, error),
  });
  const cockpit = open(options, { stdout, door, ending });
  const restoreConsole = routeConsole(globalThis.console, options.log);
  const release = holdProcess({
    process,
    stdin,
    stdout,
    end: ending.end,
    suspend: () => door.take({ type: 'suspend' }),
    repaint: () => door.take({ type: 'repaint' }),
  });
  const early = options.signal ? exitCodeOf(options.signal) : null;
  if (early !== null) ending.end(early);
  try {
    const onFocus = (focused: boolean): void =>
      void options.dispatch({ type: focused ? 'focus' : 'blur' });
    await mount({ cockpit, door, ending, stdin, stdout, opening, onFocus });
  } catch (error) {
    ending.end(70, error);
  } finally {
    cockpit.close();
    release();
    restoreConsole();
    opening?.close();
  }
  ending.tell();
  return { exitCode: ending.exitCode(), error: ending.error(), remembered: cockpit.memory() };
}

interface Place {
  readonly stdout: NodeJS.WriteStream;
  readonly door: TerminalDoor;
  readonly ending: Ending;
}

function open(options: RunCockpitOptions, { stdout, door, ending }: Place): Cockpit {
  const { store, badge, clock = false, theme, timeZone, remembered, dispatch } = options;
  const made = openCockpit({
    store,
    size: sizeOf(stdout),
    meta: { badge, clock, timeZone },
    theme,
    remembered,
    offersOf: options.offersOf,
    monotonicMs: () => performance.now(),
    ...(options.isSeen ? { isSeen: options.isSeen } : {}),
    onIntent: (intent) => {
      if (isTerminalIntent(intent)) return door.take(intent);
      dispatch(intent)?.then((words) => made.tell(words), ending.broken);
      if (intent.type === 'quit') ending.end(0);
    },
    onError: ending.broken,
  });
  options.onOpen?.(made);
  return made;
}

type Mounted = Place & {
  readonly cockpit: Cockpit;
  readonly stdin: NodeJS.ReadStream;
  readonly opening: Opening | null;
  onFocus(focused: boolean): void;
};

/** Resolves when it is unmounted; rejects with what was thrown within a render. */
async function mount(mounted: Mounted): Promise<void> {
  const { cockpit, door, ending, stdin, stdout, opening, onFocus } = mounted;
  const app = <App cockpit={cockpit} onMount={door.use} />;
  // Ink does so only after its first frame: a key pressed at the first sight of it would be lost.
  setRaw(stdin, true);
  const thin = terseStdout(stdout, opening === null ? undefined : overPicture());
  const instance = render(app, { stdin, stdout: thin, ...inkOptions(stdout) });
  opening?.handOver();
  // Ahead of Ink's own listener and flushed at once, so that no frame is larger than the terminal.
  const release = takeReports(stdin, {
    onFocus: (focused) => {
      cockpit.focus(focused);
      onFocus(focused);
    },
    onWheel: cockpit.wheel,
    onClick: (_column, row) => cockpit.click(row),
    onEscape: () => cockpit.press('esc'),
    onPaste: cockpit.paste,
    later: (work, ms) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
  });
  if (stdout.isTTY) stdout.write(focusReports(true));
  const onResize = (): void => {
    cockpit.resize(sizeOf(stdout));
    instance.rerender(app);
  };
  stdout.prependListener('resize', onResize);
  ending.mounted(instance);
  try {
    await instance.waitUntilExit();
  } finally {
    release();
    if (stdout.isTTY && stdout.writable) stdout.write(focusReports(false) + mouseReports(false));
    stdout.off('resize', onResize);
    setRaw(stdin, false);
  }
}

/** Whether keys come one by one and unechoed; a terminal that has gone cannot be told. */
function setRaw(stdin: NodeJS.ReadStream, raw: boolean): void {
  if (!stdin.isTTY) return;
  try {
    stdin.setRawMode(raw);
  } catch {
    // Its loss is told by the streams themselves.
  }
}

/** A terminal that says nothing about itself is taken to be the smallest usual one. */
function sizeOf({ columns, rows }: NodeJS.WriteStream): Size {
  return { columns: columns || 80, rows: rows || 24 };
}
