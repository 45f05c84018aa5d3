import type { Act } from './act.ts';
import type { AuditUi, AuditView } from './audit-view.ts';

/** What a key can do upon an audit; `audit-keys` has one function for each. */
export type AuditAct =
  | 'down'
  | 'up'
  | 'first'
  | 'last'
  | 'half-down'
  | 'half-up'
  | 'page-down'
  | 'page-up'
  | 'next-finding'
  | 'previous-finding'
  | 'write-note'
  | 'show-unit'
  | 'copy-finding'
  | 'audit-again'
  | 'search'
  | 'findings-only'
  | 'hide'
  | 'escape'
  | 'leave';

interface AuditBinding {
  readonly keys: readonly string[];
  readonly words: string;
  /** Its word in the footer; without one it is not shown there. */
  readonly hint?: string;
  readonly act: AuditAct;
}

/** The table of keys upon an audit, in the order of the footer. */
export const auditKeymap: readonly AuditBinding[] = [
  {
    keys: ['n'],
    words: 'the next finding or service, or what is searched for',
    hint: 'next',
    act: 'next-finding',
  },
  {
    keys: ['W'],
    words: 'write the note of this host into the Vault',
    hint: 'write note',
    act: 'write-note',
  },
  {
    keys: ['U'],
    words: 'the unit that an adoption would propose for the selected service',
    hint: 'unit',
    act: 'show-unit',
  },
  {
    keys: ['y'],
    words: 'copy the id of the finding, or the unit (OSC 52)',
    hint: 'copy',
    act: 'copy-finding',
  },
  { keys: ['A'], words: 'look again', hint: 'again', act: 'audit-again' },
  {
    keys: ['/'],
    words: 'search; enter goes to the first, n to the next',
    hint: 'search',
    act: 'search',
  },
  { keys: ['!'], words: 'findings only, and all again', hint: 'findings', act: 'findings-only' },
  {
    keys: ['esc'],
    words: 'clear the search, leave the unit, then the audit; one that goes on ends',
    hint: 'back',
    act: 'escape',
  },
  {
    keys: ['-'],
    words: 'the tab below, as 1–4 are others: an audit goes on meanwhile, - or A shows it again',
    hint: 'meanwhile the tab',
    act: 'hide',
  },
  { keys: ['q'], words: 'leave; an audit that goes on ends', act: 'leave' },
  {
    keys: ['N'],
    words: 'the finding or service before, or what is searched for',
    act: 'previous-finding',
  },
  { keys: ['j', 'down'], words: 'down', act: 'down' },
  { keys: ['k', 'up'], words: 'up', act: 'up' },
  { keys: ['g', 'home'], words: 'to the beginning', act: 'first' },
  { keys: ['G', 'end'], words: 'to the end', act: 'last' },
  { keys: ['ctrl-d'], words: 'half a page down', act: 'half-down' },
  { keys: ['ctrl-u'], words: 'half a page up', act: 'half-up' },
  { keys: ['pgdn'], words: 'a page down', act: 'page-down' },
  { keys: ['pgup'], words: 'a page up', act: 'page-up' },
];

const byKey = new Map(auditKeymap.flatMap(({ keys, act }) => keys.map((key) => [key, act])));

export function auditActOf(key: string): AuditAct | undefined {
  return byKey.get(key);
}

/** What the footer tells of, as far as it acts: there is less of an audit that goes on, or of a unit. */
export function auditHintsOf(
  view: AuditView,
  { isUnit, typing }: AuditUi,
): readonly (readonly [string, string])[] {
  if (typing) return typingHints;
  const acting = view.phase === 'done' && isUnit ? actingOnUnit : actingOn[view.phase];
  return auditKeymap.flatMap(({ keys, hint, act }) =>
    hint !== undefined && acting.includes(act) ? [[keys[0] ?? '', hint] as const] : [],
  );
}

const typingHints = [
  ['enter', 'find'],
  ['esc', 'clear'],
] as const;

const actingOn: Readonly<Record<AuditView['phase'], readonly AuditAct[]>> = {
  running: ['escape', 'hide'],
  failed: ['audit-again', 'escape'],
  done: [
    ...(['next-finding', 'write-note', 'show-unit', 'copy-finding', 'audit-again'] as const),
    ...(['search', 'findings-only', 'escape'] as const),
  ],
};
const actingOnUnit: readonly AuditAct[] = ['copy-finding', 'escape'];

/** What does upon an audit what it does anywhere. */
export const actsOverAudit: ReadonlySet<Act> = new Set<Act>([
  'help',
  'palette',
  'quit',
  'suspend',
  'repaint',
  'save',
  'times',
  'mouse',
  'pause',
  'poll-now',
  'receipt',
]);

/** What leaves it for another view; it goes on meanwhile. */
export const actsLeavingAudit: ReadonlySet<Act> = new Set<Act>([
  'goto-tab',
  'next-tab',
  'previous-tab',
  'events',
]);
