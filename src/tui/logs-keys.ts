import { ask, just, type Reduced, say } from './acts.ts';
import { editLine, keyOfAnyPrompt } from './edit-line.ts';
import { filteredRows } from './filtered-rows.ts';
import { bindingOf } from './keymap.ts';
import {
  actsLeavingLogs,
  actsOverLogs,
  type LogsAct,
  logsActOf,
  windowMinutes,
} from './logs-keymap.ts';
import { bottomIndex, type LogsUi, type LogsView, rowMatcher } from './logs-view.ts';
import type { UiState } from './ui-state.ts';

/** What a key is pressed upon. */
export interface LogsPress {
  readonly view: LogsView;
  readonly key: string;
  /** As many lines as there is room for. */
  readonly pageRows: number;
}

type DoLogsAct = (ui: UiState, logs: LogsUi, at: LogsPress) => Reduced;

/** A key upon logs that are shown; null for one that does what it does anywhere. */
export function logsKey(ui: UiState, logs: LogsUi, at: LogsPress): Reduced | null {
  const { key } = at;
  if (logs.typing !== null) return promptKey(ui, logs, at);
  const act = logsActOf(key);
  if (act !== undefined) return acts[act](ui, logs, at);
  const anywhere = bindingOf(key)?.act;
  return anywhere !== undefined && (actsOverLogs.has(anywhere) || actsLeavingLogs.has(anywhere))
    ? null
    : say(ui, `${key} is no key of logs: ? lists them, esc leaves`);
}

const acts: Readonly<Record<LogsAct, DoLogsAct>> = {
  follow: (ui, logs) => changed(ui, logs, { bottom: null }),
  oldest: (ui, logs, at) => move(ui, logs, { ...at, step: Number.NEGATIVE_INFINITY }),
  down: (ui, logs, at) => move(ui, logs, { ...at, step: 1 }),
  up: (ui, logs, at) => move(ui, logs, { ...at, step: -1 }),
  'half-down': (ui, logs, at) => move(ui, logs, { ...at, step: halfOf(at) }),
  'half-up': (ui, logs, at) => move(ui, logs, { ...at, step: -halfOf(at) }),
  'page-down': (ui, logs, at) => move(ui, logs, { ...at, step: at.pageRows }),
  'page-up': (ui, logs, at) => move(ui, logs, { ...at, step: -at.pageRows }),
  window: (ui, logs, { key, view }) => {
    const minutes = windowMinutes[key] ?? 0;
    const words = `the last ${minutes} min, and what comes`;
    const since = { type: 'logs', ids: view.ids, sinceMs: minutes * 60_000 } as const;
    return ask({ ...ui, logs: { ...logs, bottom: null } }, since, words);
  },
  search: (ui, logs) => changed(ui, logs, { typing: 'search' }),
  'filter-lines': (ui, logs) => changed(ui, logs, { typing: 'filter' }),
  'older-match': (ui, logs, { view }) => search(ui, logs, { view, step: -1, skips: 1 }),
  'newer-match': (ui, logs, { view }) => search(ui, logs, { view, step: 1, skips: 1 }),
  stamps: (ui, logs) => changed(ui, logs, { times: !logs.times }),
  wrap: (ui, logs) => changed(ui, logs, { wrap: !logs.wrap }),
  escape: (ui, logs) => {
    if (logs.search !== '') return changed(ui, logs, { search: '' });
    return logs.filter === '' ? close(ui) : changed(ui, logs, { filter: '' });
  },
  leave: (ui) => close(ui),
};

function changed(ui: UiState, logs: LogsUi, change: Partial<LogsUi>): Reduced {
  return just({ ...ui, logs: { ...logs, ...change } });
}

function close(ui: UiState): Reduced {
  return ask({ ...ui, logs: null }, { type: 'close-logs' });
}

function halfOf({ pageRows }: LogsPress): number {
  return Math.ceil(pageRows / 2);
}

/** Follows again where it comes to the newest line. */
function move(
  ui: UiState,
  logs: LogsUi,
  { view, pageRows, step }: Pick<LogsPress, 'view' | 'pageRows'> & { readonly step: number },
): Reduced {
  const rows = filteredRows(view, logs);
  // Its beginning fills the screen.
  const first = Math.min(pageRows, rows.length) - 1;
  const to = Math.max(0, first, bottomIndex(rows, logs) + step);
  const bottom = to >= rows.length - 1 && step > 0 ? null : (rows.at(to)?.number ?? null);
  return changed(ui, logs, { bottom });
}

/** `n` goes back in time, as the newest is what one looks from; the first one may be the one that is looked at. */
function search(
  ui: UiState,
  logs: LogsUi,
  { view, step, skips }: { readonly view: LogsView; readonly step: 1 | -1; readonly skips: 0 | 1 },
): Reduced {
  if (logs.search === '') return say(ui, 'nothing is searched for: / begins');
  const rows = filteredRows(view, logs);
  const matches = rowMatcher(logs.search);
  const from = bottomIndex(rows, logs);
  for (let index = from + step * skips; index >= 0 && index < rows.length; index += step) {
    const row = rows.at(index);
    if (row && matches(row)) return changed(ui, logs, { bottom: row.number });
  }
  const where = skips === 0 ? 'up to here' : step < 0 ? 'before this' : 'after this';
  return say(ui, `no line ${where} has /${logs.search}`);
}

function promptKey(ui: UiState, logs: LogsUi, { key, view }: LogsPress): Reduced {
  const name = logs.typing === 'search' ? 'search' : 'filter';
  if (key === 'esc') return changed(ui, logs, { typing: null, [name]: '' });
  if (key === 'enter') {
    const kept = { ...logs, typing: null };
    if (name === 'filter') return just({ ...ui, logs: kept });
    return search({ ...ui, logs: kept }, kept, { view, step: -1, skips: 0 });
  }
  const edited = editLine(logs[name], key);
  if (edited !== null) return changed(ui, logs, { [name]: edited });
  return keyOfAnyPrompt(ui, key) ?? say(ui, `${key} does nothing here; enter keeps, esc clears`);
}
