import { execFile } from 'node:child_process';
import type { Summary } from '../model/report.ts';
import { statesWorstFirst } from '../model/state.ts';
import { glyphs } from '../outputs/glyphs.ts';
import type { WatchedReader } from '../watch/store.ts';
import type { Context } from './context.ts';
import { reportOf } from './report-of.ts';

const patienceMs = 2000;

/** `✕1 ▲2 ●11`: what is not there is left out, `up` always stands. */
function countsOf(summary: Summary): string {
  return statesWorstFirst
    .filter((state) => state === 'up' || (summary[state] > 0 && state !== 'n/a'))
    .map((state) => `${glyphs[state]}${summary[state]}`)
    .join(' ');
}

/**
 * Within tmux the session's option `@joelclaw` holds the counts, for `#{@joelclaw}` in its status
 * line. Set when they change, by one tmux at a time, and taken away at the end.
 */
export function keepTmuxStatus(
  store: WatchedReader,
  { env }: Pick<Context, 'env'>,
): () => Promise<void> {
  const pane = env['TMUX_PANE'];
  if (!env['TMUX'] || !pane) return async () => {};
  let shown = '';
  let wanted = '';
  let work: Promise<void> = Promise.resolve();
  const tmux = (...args: readonly string[]): Promise<void> =>
    new Promise((resolve) => {
      const argv = ['set-option', '-q', ...args];
      execFile('tmux', argv, { timeout: patienceMs }, () => resolve());
    });
  const show = async (): Promise<void> => {
    if (wanted === shown) return;
    shown = wanted;
    await tmux('-t', pane, '@joelclaw', shown);
  };
  const look = (): void => {
    const now = countsOf(reportOf(store).summary);
    if (now === wanted) return;
    wanted = now;
    work = work.then(show);
  };
  const unsubscribe = store.subscribe(look);
  look();
  return async () => {
    unsubscribe();
    await work;
    await tmux('-u', '-t', pane, '@joelclaw');
  };
}
