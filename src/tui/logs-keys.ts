import { ask, just, type Reduced, say } from './acts.ts';
import { editLine, keyOfAnyPrompt } from './edit-line.ts';
import { bottomIndex, filteredRows, type LogsUi, type LogsView, rowMatcher } from './logs-view.ts';
import type { UiState } from './ui-state.ts';

const minuteMs = 60_000;
/** `0` and `1` are the tail and the head of what is there. */
const windows: Readonly<Record<string, number>> = {
  ...{
    '2': minuteMs,
    '3': 5 * minuteMs,
    '4': 15 * minuteMs,
    '5': 30 * minuteMs,
    '6': 60 * minuteMs,
  },
};
const pageRows = 20;
const steps: Readonly<Record<string, number>> = {
  ...{ j: 1, down: 1, k: -1, up: -1, pgdn: pageRows, pgup: -pageRows },
  ...{ 'ctrl-d': pageRows / 2, 'ctrl-u': -pageRows / 2 },
};

/** A key upon logs that are shown; null for one that does what it does anywhere. */
export function logsKey(ui: UiState, logs: LogsUi, more: LogsPress): Reduced | null {
  const { key, view } = more;
  if (logs.typing !== null) return promptKey(ui, logs, more);
  const set = (changed: Partial<LogsUi>): UiState => ({ ...ui, logs: { ...logs, ...changed } });
  const step = steps[key];
  if (step !== undefined) return just(set({ bottom: moved(view, logs, step) }));
  const agoMs = windows[key];
  if (agoMs !== undefined) {
    const words = `the last ${agoMs / minuteMs} min, and what comes`;
    const since = { type: 'logs', ids: view.ids, sinceMs: agoMs } as const;
    return { ui: { ...set({ bottom: null }), message: words }, intents: [since] };
  }
  switch (key) {
    case 'f':
    case 'G':
    case 'end':
    case '0':
      return just(set({ bottom: null }));
    case 'g':
    case 'home':
    case '1':
      return just(set({ bottom: moved(view, logs, Number.NEGATIVE_INFINITY) }));
    case 't':
      return just(set({ times: !logs.times }));
    case 'w':
      return just(set({ wrap: !logs.wrap }));
    case '&':
      return just(set({ typing: 'filter' }));
    case '/':
      return just(set({ typing: 'search' }));
    case 'n':
    case 'N':
      return search(ui, logs, { view, step: key === 'n' ? -1 : 1 });
    case 'esc':
      return logs.filter === '' ? close(ui) : just(set({ filter: '' }));
    case 'q':
      return close(ui);
  }
  return /^ctrl-[cslz]$/.test(key) || key === '?' || key === 'z' || key === 'y'
    ? null
    : say(ui, `${key} is no key of logs: f / & n N w t 0–6, esc leaves`);
}

export interface LogsPress {
  readonly view: LogsView;
  readonly key: string;
}

function close(ui: UiState): Reduced {
  return ask({ ...ui, logs: null }, { type: 'close-logs' });
}

function moved(view: LogsView, logs: LogsUi, step: number): number | null {
  const rows = filteredRows(view, logs);
  const to = Math.max(0, bottomIndex(rows, logs) + step);
  return to >= rows.length - 1 && step > 0 ? null : (rows[to]?.number ?? null);
}

/** `n` goes back in time, as the newest is what one looks from. */
function search(
  ui: UiState,
  logs: LogsUi,
  { view, step }: { readonly view: LogsView; readonly step: 1 | -1 },
): Reduced {
  if (logs.search === '') return say(ui, 'nothing is searched for: / begins');
  const rows = filteredRows(view, logs);
  const matches = rowMatcher(logs.search);
  const from = bottomIndex(rows, logs);
  for (let index = from + step; index >= 0 && index < rows.length; index += step) {
    const row = rows[index];
    if (row && matches(row)) return just({ ...ui, logs: { ...logs, bottom: row.number } });
  }
  return say(ui, `no line ${step < 0 ? 'before' : 'after'} this has /${logs.search}`);
}

function promptKey(ui: UiState, logs: LogsUi, { key, view }: LogsPress): Reduced {
  const name = logs.typing === 'search' ? 'search' : 'filter';
  const text = logs[name];
  const set = (changed: Partial<LogsUi>): UiState => ({ ...ui, logs: { ...logs, ...changed } });
  if (key === 'esc') return just(set({ typing: null, [name]: '' }));
  if (key === 'enter') {
    const kept = { ...logs, typing: null };
    if (name === 'filter') return just({ ...ui, logs: kept });
    return search({ ...ui, logs: kept }, kept, { view, step: -1 });
  }
  const edited = editLine(text, key);
  if (edited !== null) return just(set({ [name]: edited }));
  return keyOfAnyPrompt(ui, key) ?? say(ui, `${key} does nothing here; enter keeps, esc clears`);
}
