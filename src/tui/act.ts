/** What a key can do; `reduce-key` has one function for each. */
export type Act =
  | 'goto-tab'
  | 'next-tab'
  | 'previous-tab'
  | 'last-view'
  | 'help'
  | 'filter'
  | 'escape'
  | 'back'
  | 'quit'
  | 'poll-now'
  | 'repaint'
  | 'times'
  | 'problems-only'
  | 'pause'
  | 'suspend'
  | 'copy'
  | 'down'
  | 'up'
  | 'first'
  | 'last'
  | 'half-down'
  | 'half-up'
  | 'page-down'
  | 'page-up'
  | 'next-problem'
  | 'previous-problem'
  | 'details'
  | 'describe'
  | 'sort'
  | 'reverse'
  | 'mark'
  | 'mark-range'
  | 'mark-all'
  | 'events'
  | 'palette'
  | 'mouse'
  | 'save'
  | 'open'
  | 'restart'
  | 'apply'
  | 'actions'
  | 'receipt'
  | 'audit'
  | 'logs';

/** What moves within whatever lies on top. */
export const movements = [
  'down',
  'up',
  'first',
  'last',
  'half-down',
  'half-up',
  'page-down',
  'page-up',
] as const satisfies readonly Act[];
