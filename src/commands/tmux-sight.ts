import { execFile } from 'node:child_process';
import type { Context } from './context.ts';

const seenEveryMs = 5000;
/** Who turns to it again does not wait long for what is on it to be true. */
const unseenEveryMs = 2000;
const patienceMs = 2000;

/** Whether the pane of a cockpit can be seen by anybody. */
export interface PaneSight {
  isSeen(): boolean;
  /** Who looks sees: where tmux tells it, it is asked only while the terminal is not looked at. */
  focus(focused: boolean): void;
  stop(): void;
}

const format =
  '#{session_attached} #{window_active} #{window_zoomed_flag} #{pane_active} #{focus-events}';

/** What tmux says of a pane in that format; null when it does not tell. */
type Ask = (pane: string) => Promise<string | null>;

const askTmux: Ask = (pane) =>
  new Promise((resolve) => {
    const argv = ['display-message', '-p', '-t', pane, format];
    execFile('tmux', argv, { timeout: patienceMs }, (error, stdout) =>
      resolve(error === null ? stdout : null),
    );
  });

/**
 * Within tmux: a session that nobody is attached to any more, a window behind another, a pane behind a
 * zoomed one is seen by nobody. Everywhere else a terminal is taken to be seen.
 */
export function watchPane({ env }: Pick<Context, 'env'>, ask: Ask = askTmux): PaneSight {
  const pane = env['TMUX'] ? env['TMUX_PANE'] : undefined;
  let seen = true;
  let focused = true;
  let stopped = pane === undefined;
  let wasAttached = false;
  let asking = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    if (stopped || asking || pane === undefined) return;
    clearTimeout(timer);
    asking = true;
    const told = (await ask(pane))?.trim().split(' ');
    asking = false;
    if (stopped) return;
    const [attached, window, zoomed, active, tellsFocus] = told ?? [];
    wasAttached ||= Number(attached) > 0;
    // A session that nobody has attached to yet is read in other ways: by capture-pane.
    const isLeft = wasAttached && attached === '0';
    const isBehind = window === '0' || (zoomed === '1' && active === '0');
    const isTold = focused && tellsFocus === '1';
    // A tmux that does not tell is no reason to be silent.
    seen = isTold || !(isLeft || isBehind);
    if (!isTold) timer = setTimeout(look, seen ? seenEveryMs : unseenEveryMs);
  };
  void look();
  return {
    isSeen: () => seen,
    focus: (isFocused) => {
      focused = isFocused;
      if (isFocused) seen = true;
      void look();
    },
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      seen = true;
    },
  };
}
