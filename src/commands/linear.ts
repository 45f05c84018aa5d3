import { createInterface } from 'node:readline';
import { changeLine } from '../outputs/change-line.ts';
import { changesBetween } from '../outputs/changes.ts';
import { statusPage } from '../outputs/status-page.ts';
import type { WatchedStore } from '../watch/store.ts';
import type { Command } from './context.ts';
import type { SharedWatch } from './one-state/watch-together.ts';
import { openWatch } from './open-watch.ts';
import { pick, pickedOf } from './pick.ts';
import { reportOf } from './report-of.ts';
import { whenAborted } from './when-aborted.ts';

const help = `type a host or service for its part, nothing for the page again,
r: ask all now, p: pause or go on, q: quit
`;

/**
 * The cockpit for a screen reader: nothing is drawn over. A page first, then a line for each change,
 * and an answer to each line that is typed.
 */
export const linear: Command = async (context) => {
  const { open, store, watch, close } = await openWatch(context);
  const { badge } = open;
  const ended = whenAborted(context.signal);
  try {
    const page = (): string => statusPage(reportOf(store), { color: false, badge });
    let writing = context.write(`${page()}${help}`);
    const tell = (text: string): void => {
      writing = writing.then(() => context.write(text));
    };
    const untell = tellChanges(store, tell);
    const asked = createInterface({ input: process.stdin });
    const quit = Promise.withResolvers<void>();
    asked.on('close', quit.resolve);
    asked.on('line', (line) => {
      if (line.trim() === 'q') quit.resolve();
      else tell(answerTo(line.trim(), { store, watch, page, badge }));
    });
    await Promise.race([quit.promise, ended]);
    untell();
    asked.close();
    await writing;
    return 0;
  } finally {
    await close();
  }
};

interface Asked {
  readonly store: WatchedStore;
  readonly watch: SharedWatch;
  readonly page: () => string;
  readonly badge: string | null;
}

function answerTo(line: string, { store, watch, page, badge }: Asked): string {
  if (line === '') return page();
  if (line === '?') return help;
  if (line === 'r') {
    watch.order('poll-now');
    return 'everything is asked now\n';
  }
  if (line === 'p') {
    const { paused } = store.getState();
    watch.order(paused ? 'resume' : 'pause');
    return paused ? 'polling goes on\n' : 'polling is paused: nothing new is seen; p resumes\n';
  }
  try {
    const report = reportOf(store);
    const picked = pick(store.getState().network, [line]);
    const part = picked ? { ...report, ...pickedOf(report, picked) } : report;
    return statusPage(part, { color: false, badge });
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${help}`;
  }
}

/** Returns what ends it. */
function tellChanges(store: WatchedStore, tell: (text: string) => void): () => void {
  let shown = reportOf(store);
  return store.subscribe(() => {
    const now = reportOf(store);
    for (const change of changesBetween(shown, now)) tell(changeLine(change, clockOf(change.at)));
    shown = now;
  });
}

/** Local time, to the second. */
function clockOf(at: string | null): string {
  return new Date(at ?? Date.now()).toLocaleTimeString('en-GB');
}
