import type { Act } from './act.ts';
import { actsLeavingAudit, actsOverAudit, auditActOf, auditKeymap } from './audit-keymap.ts';
import { dialogKeymap } from './dialog-keymap.ts';
import { type Binding, keymap, type Where } from './keymap.ts';
import { actsLeavingLogs, actsOverLogs, logsActOf, logsKeymap } from './logs-keymap.ts';

/** A key as it is told to people. */
export interface KeyRow {
  readonly keys: readonly string[];
  readonly words: string;
  /** Why it cannot act in this version. */
  readonly later?: string;
}

export type Section = Where | 'logs' | 'audit' | 'dialogs';

export const sectionTitles: Readonly<Record<Section, string>> = {
  any: 'Anywhere',
  lists: 'In lists',
  acting: 'Acting',
  logs: 'In logs',
  audit: 'In an audit',
  dialogs: 'In a question',
};

/** All keys of a section: the help and docs/keys.md are made of them. */
export function keyRows(section: Section): readonly KeyRow[] {
  if (section === 'logs') return logsKeymap;
  if (section === 'audit') return auditKeymap;
  if (section === 'dialogs') return dialogKeymap;
  const rows = keymap.filter(({ where }) => where === section);
  return section === 'any' ? rows.map(withExceptions) : rows;
}

/** What lies over a tab takes its own keys, and some of these. */
function withExceptions({ keys, words, act }: Binding): KeyRow {
  const [key = ''] = keys;
  // Digits are another thing there.
  const hasOwn = act !== 'goto-tab' && logsActOf(key) !== undefined;
  const inLogs = hasOwn || isOf(act, [actsOverLogs, actsLeavingLogs]);
  const inAudit = auditActOf(key) !== undefined || isOf(act, [actsOverAudit, actsLeavingAudit]);
  const missing = [...(inLogs ? [] : ['in logs']), ...(inAudit ? [] : ['in an audit'])];
  return { keys, words: missing.length === 0 ? words : `${words} (not ${missing.join(', ')})` };
}

function isOf(act: Act | undefined, sets: readonly ReadonlySet<Act>[]): boolean {
  return act !== undefined && sets.some((one) => one.has(act));
}
