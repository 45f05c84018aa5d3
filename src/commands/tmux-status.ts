import { execFile } from 'node:child_process';
import type { Summary } from '../model/report.ts';
import { statesWorstFirst } from '../model/state.ts';
import { glyphs } from '../outputs/glyphs.ts';
import type { WatchedReader } from '../watch/store.ts';
import type { Context } from './context.ts';
import { reportOf } from './report-of.ts';

const patienceMs = 2000;
/** For the status line of the session; and a cockpit's own, which tells others of the session that it is there. */
const [shared, own] = ['@joelclaw', '@joelclaw_pane'];

/** `✕1 ▲2 ●11`: what is not there is left out, `up` always stands. */
function countsOf(summary: Summary): string {
  return statesWorstFirst
    .filter((state) => state === 'up' || (summary[state] > 0 && state !== 'n/a'))
    .map((state) => `${glyphs[state]}${summary[state]}`)
    .join(' ');
}

/**
 * Within tmux the session's option `@joelclaw` holds the counts, for `#{@joelclaw}` in its status
 * line. Set when they change, by one tmux at a time. At the end it is left to another cockpit of the
 * session, or taken away.
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
  const tmux = (...argv: readonly string[]): Promise<string> =>
    new Promise((resolve) => {
      execFile('tmux', argv, { timeout: patienceMs }, (_error, stdout) => resolve(stdout));
    });
  const set = (...args: readonly string[]): readonly string[] => ['set-option', '-q', ...args];
  const setShared = (counts: string): readonly string[] => set('-t', pane, shared, counts);
  const show = async (): Promise<void> => {
    if (wanted === shown) return;
    shown = wanted;
    await tmux(...setShared(shown), ';', ...set('-p', '-t', pane, own, shown));
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
    await tmux(...set('-pu', '-t', pane, own));
    const others = await tmux('list-panes', '-s', '-t', pane, '-F', `#{${own}}`);
    const left = others.split('\n').find(Boolean);
    await tmux(...(left ? setShared(left) : set('-u', '-t', pane, shared)));
  };
}
