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
  { keys: ['n'], words: 'the next finding or service', hint: 'next', act: 'next-finding' },
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
  { keys: ['esc'], words: 'leave the unit, then the audit; it ends', hint: 'back', act: 'escape' },
  { keys: ['q', '-'], words: 'leave; an audit that goes on ends', act: 'leave' },
  { keys: ['N'], words: 'the finding or service before', act: 'previous-finding' },
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
  { isUnit }: AuditUi,
): readonly (readonly [string, string])[] {
  const acting = view.phase === 'done' && isUnit ? actingOnUnit : actingOn[view.phase];
  return auditKeymap.flatMap(({ keys, hint, act }) =>
    hint !== undefined && (acting === null || acting.includes(act))
      ? [[keys[0] ?? '', hint] as const]
      : [],
  );
}

/** Null is all of them. */
const actingOn: Readonly<Record<AuditView['phase'], readonly AuditAct[] | null>> = {
  running: ['escape'],
  failed: ['audit-again', 'escape'],
  done: null,
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
