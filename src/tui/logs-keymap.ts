import type { Act } from './act.ts';

/** What a key can do upon logs; `logs-keys` has one function for each. */
export type LogsAct =
  | 'follow'
  | 'oldest'
  | 'down'
  | 'up'
  | 'half-down'
  | 'half-up'
  | 'page-down'
  | 'page-up'
  | 'window'
  | 'search'
  | 'older-match'
  | 'newer-match'
  | 'filter-lines'
  | 'wrap'
  | 'stamps'
  | 'escape'
  | 'leave';

interface LogsBinding {
  readonly keys: readonly string[];
  readonly words: string;
  /** Its word in the footer; without one it is not shown there. */
  readonly hint?: string;
  readonly act: LogsAct;
}

/** How far back each window of time reaches, in minutes. */
export const windowMinutes: Readonly<Record<string, number>> = {
  ...{ '2': 1, '3': 5, '4': 15, '5': 30, '6': 60 },
};

/** The table of keys upon logs, in the order of the footer. What is not in it is told so, or acts as anywhere. */
export const logsKeymap: readonly LogsBinding[] = [
  { keys: ['f', 'G', 'end', '0'], words: 'follow what comes', hint: 'follow', act: 'follow' },
  { keys: ['/'], words: 'search; enter finds the newest', hint: 'search', act: 'search' },
  { keys: ['&'], words: 'filter as you type; enter keeps', hint: 'filter', act: 'filter-lines' },
  { keys: ['t'], words: 'timestamps on and off', hint: 'times', act: 'stamps' },
  { keys: ['w'], words: 'wrap long lines', hint: 'wrap', act: 'wrap' },
  {
    keys: Object.keys(windowMinutes),
    words: 'the last 1m 5m 15m 30m 1h, and what comes',
    hint: '1m … 1h',
    act: 'window',
  },
  { keys: ['esc'], words: 'clear the filter, then go back', hint: 'back', act: 'escape' },
  { keys: ['q', '-'], words: 'go back', act: 'leave' },
  { keys: ['g', 'home', '1'], words: 'to the oldest line', act: 'oldest' },
  { keys: ['j', 'down'], words: 'down; any scroll pauses', act: 'down' },
  { keys: ['k', 'up'], words: 'up', act: 'up' },
  { keys: ['ctrl-d'], words: 'half a page down', act: 'half-down' },
  { keys: ['ctrl-u'], words: 'half a page up', act: 'half-up' },
  { keys: ['pgdn'], words: 'a page down', act: 'page-down' },
  { keys: ['pgup'], words: 'a page up', act: 'page-up' },
  { keys: ['n'], words: 'the match before, as one looks from the newest', act: 'older-match' },
  { keys: ['N'], words: 'the match after', act: 'newer-match' },
];

const byKey = new Map(logsKeymap.flatMap(({ keys, act }) => keys.map((key) => [key, act])));

export function logsActOf(key: string): LogsAct | undefined {
  return byKey.get(key);
}

/** What does upon logs what it does anywhere. */
export const actsOverLogs: ReadonlySet<Act> = new Set<Act>([
  'help',
  'palette',
  'quit',
  'suspend',
  'repaint',
  'save',
  'times',
  'copy',
  'mouse',
  'pause',
  'poll-now',
  'open',
  'receipt',
]);

/** What leaves them for another view. */
export const actsLeavingLogs: ReadonlySet<Act> = new Set<Act>([
  'next-tab',
  'previous-tab',
  'events',
]);
