import { UserError } from '../../model/errors.ts';
import type { LogLine } from '../../model/log-line.ts';
import type { Intent } from '../../tui/intent.ts';
import type { LogRow, LogsView } from '../../tui/logs-view.ts';
import type { Context } from '../context.ts';
import type { OpenNetwork } from '../open-network.ts';
import { follow, type Printer, readFirst } from './follow-logs.ts';
import type { OpenLog } from './open-log.ts';
import { openLogs } from './open-logs.ts';

type LogsIntent = Extract<Intent, { readonly type: 'logs' | 'close-logs' }>;

/** Of the logs in view together; what is older is counted. */
const mostCharacters = 16 * 1024 * 1024;
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
    const shelf = createShelf(ids);
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
  readonly shelf: Shelf;
  draw(): void;
  readonly signal: AbortSignal;
}

async function readAndFollow(
  { ids, agoMs, shelf, draw, signal }: Reading,
  network: OpenNetwork,
): Promise<void> {
  const { services } = network.network.inventory;
  const chosen = ids.flatMap((id) => services.find((one) => one.id === id) ?? []);
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
      draw();
    },
    note: async ({ service, from }, words) => {
      tell(service, from, words);
      draw();
    },
    away: async (log, why) => {
      shelf.trouble(nameOf(log), why === null ? null : `reconnecting ${nameOf(log)}: ${why}`);
      tell(log.service, log.from, why === null ? 'live again' : `reconnecting: ${why}`);
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
  draw();
  await follow(logs, first, { out, signal, clock: network.transports.clock });
}

/** What has come, as far as it is kept. */
interface Shelf {
  add(lines: readonly LogLine[]): void;
  /** What stands in the way of a log, by its name; null when nothing does any more. */
  trouble(name: string, words: string | null): void;
  view(): LogsView;
}

function createShelf(ids: readonly string[]): Shelf {
  let rows: LogRow[] = [];
  let characters = 0;
  let dropped = 0;
  let number = 0;
  const troubles = new Map<string, string>();
  return {
    add: (lines) => {
      for (const { service, atMs, text } of lines) {
        const tag = ids.length > 1 ? (service.split('/').at(-1) ?? '') : '';
        rows.push({ number: ++number, atMs, tag, tagIndex: ids.indexOf(service), text });
        characters += text.length;
      }
      let gone = 0;
      while (characters > mostCharacters) characters -= rows[gone++]?.text.length ?? characters;
      dropped += gone;
      rows = gone === 0 ? [...rows] : rows.slice(gone);
    },
    trouble: (name, words) => {
      if (words === null) troubles.delete(name);
      else troubles.set(name, words);
    },
    view: () => ({ ids, rows, dropped, trouble: [...troubles.values()].at(-1) ?? null }),
  };
}

function nameOf({ service, from }: OpenLog): string {
  return `${service} ${from.split('/').at(-1)}`;
}
