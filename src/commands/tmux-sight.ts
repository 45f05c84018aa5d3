import { execFile } from 'node:child_process';
import type { Context } from './context.ts';

const everyMs = 5000;
const patienceMs = 2000;

/** Whether the pane of a cockpit can be seen by anybody. */
export interface PaneSight {
  isSeen(): boolean;
  /** Asked only while the terminal is not looked at: who looks sees. */
  focus(focused: boolean): void;
  stop(): void;
}

/**
 * Within tmux: a session that nobody is attached to, or a window behind another, is seen by nobody.
 * Everywhere else a terminal is taken to be seen.
 */
export function watchPane({ env }: Pick<Context, 'env'>): PaneSight {
  const pane = env['TMUX_PANE'];
  let seen = true;
  let timer: NodeJS.Timeout | undefined;
  const look = (): void => {
    const format = '#{session_attached} #{window_active}';
    const argv = ['display-message', '-p', '-t', pane ?? '', format];
    execFile('tmux', argv, { timeout: patienceMs }, (error, stdout) => {
      // A tmux that does not tell is no reason to be silent.
      if (timer) seen = error !== null || /^[1-9]\d* 1$/.test(stdout.trim());
    });
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
    seen = true;
  };
  return {
    isSeen: () => seen,
    focus: (focused) => {
      if (focused) return stop();
      if (!env['TMUX'] || !pane || timer) return;
      timer = setInterval(look, everyMs);
      look();
    },
    stop,
  };
}
