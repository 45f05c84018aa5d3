import { UserError } from '../../model/errors.ts';
import type { Intent } from '../../tui/intent.ts';
import type { LogsView } from '../../tui/logs-view.ts';
import type { Context } from '../context.ts';
import type { OpenNetwork } from '../open-network.ts';
import { chooseLogs } from './choose-logs.ts';
import { follow, type Printer, readFirst } from './follow-logs.ts';
import { createLogShelf, type LogShelf } from './log-shelf.ts';
import type { OpenLog } from './open-log.ts';
import { openLogs } from './open-logs.ts';

type LogsIntent = Extract<Intent, { readonly type: 'logs' | 'close-logs' }>;

const firstLines = 500;

/** The logs that the cockpit shows: one view at a time. */
export interface CockpitLogs {
  take(intent: LogsIntent): void;
  showIn(cockpit: { showLogs(view: LogsView | null): void }): void;
  stop(): Promise<void>;
}

export function createCockpitLogs({
  context,
  open,
}: {
  readonly context: Context;
  open(): OpenNetwork;
}): CockpitLogs {
  let show: (view: LogsView | null) => void = () => {};
  let ending = new AbortController();
  let work: Promise<void> = Promise.resolve();

  const begin = (ids: readonly string[], agoMs: number | null): void => {
    ending.abort();
    const mine = new AbortController();
    ending = mine;
    const shelf = createLogShelf(ids);
    const draw = (): void => {
      if (!mine.signal.aborted) show(shelf.view());
    };
    shelf.trouble('', 'reading …');
    draw();
    const run = readAndFollow({ ids, agoMs, shelf, draw, signal: mine.signal }, open());
    const ended = run.catch((error: unknown) => {
      if (mine.signal.aborted) return;
      if (!(error instanceof UserError)) context.warn(`following logs broke: ${String(error)}`);
      shelf.trouble('', error instanceof Error ? error.message : String(error));
      draw();
    });
    work = Promise.all([work, ended]).then(() => {});
  };

  return {
    showIn: (cockpit) => {
      show = cockpit.showLogs;
    },
    take: (intent) => {
      if (intent.type === 'logs') return begin(intent.ids, intent.sinceMs);
      ending.abort();
      show(null);
    },
    stop: async () => {
      ending.abort();
      await work;
    },
  };
}

interface Reading {
  readonly ids: readonly string[];
  readonly agoMs: number | null;
  readonly shelf: LogShelf;
  draw(): void;
  readonly signal: AbortSignal;
}

async function readAndFollow(
  { ids, agoMs, shelf, draw, signal }: Reading,
  network: OpenNetwork,
): Promise<void> {
  const chosen = await chooseLogs(ids, network, signal);
  const wanted =
    agoMs === null
      ? { lines: firstLines, sinceMs: null }
      : { lines: 100_000, sinceMs: network.transports.clock.now() - agoMs };
  const tell = (service: string, from: string, words: string): void =>
    shelf.add([{ service, from, atMs: null, text: `— ${words} —` }]);
  const warn = (line: string): void => tell('', '', line);
  const logs = await openLogs(chosen, network, { wanted, signal, warn });
  const out: Printer = {
    lines: async (come) => {
      if (come.length === 0) return;
      shelf.add(come);
      for (const { service } of come) shelf.trouble(service, null);
      draw();
    },
    note: async ({ service, from }, words) => {
      tell(service, from, words);
      draw();
    },
    away: async (log, why) => {
      const name = why?.includes(log.from) ? log.service : nameOf(log);
      shelf.trouble(nameOf(log), why === null ? null : `reconnecting ${name}: ${why}`);
      tell(log.service, log.from, why === null ? 'live again' : `reconnecting: ${why}`);
      draw();
    },
    absent: async (log, why) => {
      shelf.trouble(nameOf(log), null);
      tell(log.service, log.from, why);
      draw();
    },
    ended: async (log, why) => {
      shelf.trouble(nameOf(log), null);
      tell(log.service, log.from, `ended: ${why}`);
      draw();
    },
  };
  const first = await readFirst(logs.logs, out);
  shelf.trouble('', null);
  shelf.add(first.lines);
  const told = new Set(first.lines.map(({ service }) => service));
  for (const [id, words] of logs.absent) if (!told.has(id)) shelf.trouble(id, `${id}: ${words}`);
  draw();
  await follow(logs, first, { out, signal, clock: network.transports.clock });
}

function nameOf({ service, from }: OpenLog): string {
  return `${service} ${from.split('/').at(-1)}`;
}
