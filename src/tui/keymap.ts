import type { Act } from './act.ts';

export type Where = 'any' | 'lists' | 'acting';

/** One row of the keymap. It either acts now, or says why it does not yet. */
export interface Binding {
  readonly keys: readonly string[];
  readonly where: Where;
  readonly words: string;
  /** Its word in the footer; without one it is not shown there. */
  readonly hint?: string;
  readonly act?: Act;
  readonly later?: string;
  /** What the palette calls it, where the act's own name says less. */
  readonly name?: string;
}

const later = (what: string): string => `${what} with a later version; see joelclaw --help`;

/**
 * The table of keys on tabs. With those of logs and of questions beside it, the footer, the help,
 * the palette and docs/keys.md are made of it.
 */
export const keymap: readonly Binding[] = [
  {
    keys: ['1', '2', '3', '4'],
    where: 'any',
    words: 'Nodes, Services, Functions, Drift',
    act: 'goto-tab',
  },
  { keys: ['tab'], where: 'any', words: 'the next tab', act: 'next-tab' },
  { keys: ['shift-tab'], where: 'any', words: 'the tab before', act: 'previous-tab' },
  { keys: ['-'], where: 'any', words: 'the tab that was shown before', act: 'last-view' },
  {
    keys: ['/'],
    where: 'any',
    words: 'filter as you type; enter keeps, esc clears',
    hint: 'filter',
    act: 'filter',
  },
  { keys: ['esc'], where: 'any', words: 'clear the filter, then go back', act: 'escape' },
  { keys: ['?'], where: 'any', words: 'these keys', hint: 'help', act: 'help' },
  { keys: ['q'], where: 'any', words: 'go back; on a bare tab quit', hint: 'quit', act: 'back' },
  { keys: ['ctrl-c'], where: 'any', words: 'quit', act: 'quit' },
  { keys: ['ctrl-r'], where: 'any', words: 'poll everything now', act: 'poll-now' },
  { keys: ['p'], where: 'any', words: 'pause and resume polling', act: 'pause' },
  { keys: ['!'], where: 'any', words: 'problems only', hint: 'trouble', act: 'problems-only' },
  { keys: ['z'], where: 'any', words: 'times: relative, local, UTC', act: 'times' },
  { keys: ['y'], where: 'any', words: 'copy the id (OSC 52)', act: 'copy' },
  { keys: ['ctrl-l'], where: 'any', words: 'repaint the screen', act: 'repaint' },
  { keys: ['ctrl-z'], where: 'any', words: 'suspend; fg comes back', act: 'suspend' },
  {
    keys: [':'],
    where: 'any',
    words: 'palette: every action and every row by name',
    act: 'palette',
  },
  {
    keys: ['ctrl-s'],
    where: 'any',
    words: 'save the screen, and all that is known as JSON',
    act: 'save',
  },
  { keys: ['o'], where: 'any', words: 'open its page in a browser', act: 'open' },
  { keys: ['M'], where: 'any', words: 'mouse on and off', act: 'mouse' },
  {
    keys: ['enter'],
    where: 'lists',
    words: 'details: every check and its evidence',
    hint: 'details',
    act: 'details',
  },
  {
    keys: ['d'],
    where: 'lists',
    words: 'describe: every fact, as the JSON has it; on Drift what differs',
    act: 'describe',
  },
  { keys: ['j', 'down'], where: 'lists', words: 'down', act: 'down' },
  { keys: ['k', 'up'], where: 'lists', words: 'up', act: 'up' },
  { keys: ['g', 'home'], where: 'lists', words: 'to the first', act: 'first' },
  { keys: ['G', 'end'], where: 'lists', words: 'to the last', act: 'last' },
  { keys: ['ctrl-d'], where: 'lists', words: 'half a page down', act: 'half-down' },
  { keys: ['ctrl-u'], where: 'lists', words: 'half a page up', act: 'half-up' },
  { keys: ['pgdn'], where: 'lists', words: 'a page down', act: 'page-down' },
  { keys: ['pgup'], where: 'lists', words: 'a page up', act: 'page-up' },
  { keys: ['e'], where: 'any', words: 'events: what has changed', act: 'events' },
  { keys: ['n'], where: 'lists', words: 'next problem', hint: 'next', act: 'next-problem' },
  { keys: ['N'], where: 'lists', words: 'problem before', act: 'previous-problem' },
  { keys: ['space'], where: 'lists', words: 'mark, or take the mark back', act: 'mark' },
  { keys: ['V'], where: 'lists', words: 'mark from the last mark to here', act: 'mark-range' },
  { keys: ['*'], where: 'lists', words: 'mark all shown, or none', act: 'mark-all' },
  { keys: ['<', '>'], where: 'lists', words: 'sort by another column', act: 'sort' },
  { keys: ['O'], where: 'lists', words: 'reverse the order', act: 'reverse' },
  {
    keys: ['r'],
    where: 'acting',
    words: 'restart what is marked, else what is selected: a plan, and a question',
    hint: 'restart',
    act: 'restart',
  },
  {
    keys: ['l'],
    where: 'acting',
    words: 'logs of what is marked, else of what is selected, merged and followed',
    hint: 'logs',
    act: 'logs',
  },
  {
    keys: ['a'],
    where: 'acting',
    words:
      'infra apply: on Drift what is marked (* marks all), else what is selected; elsewhere all',
    hint: 'apply',
    act: 'apply',
  },
  {
    keys: ['A'],
    where: 'acting',
    words: 'audit the selected host: what it is, what it runs, and by what',
    act: 'audit',
  },
  {
    keys: ['x'],
    where: 'acting',
    words:
      'what can be done: start, stop, reload, enable, delete pod, rerun, cancel, send event; of files overwrite, adopt, rollback',
    hint: 'actions',
    act: 'actions',
  },
  {
    keys: ['R'],
    where: 'acting',
    words: 'the action that goes on, or that ended last: its steps and its receipt',
    act: 'receipt',
  },
  {
    keys: ['m'],
    where: 'acting',
    name: 'mute',
    words: 'mute with an expiry',
    later: later('muting comes'),
  },
];

const byKey = new Map(keymap.flatMap((binding) => binding.keys.map((key) => [key, binding])));

export function bindingOf(key: string): Binding | undefined {
  return byKey.get(key);
}
