import { auditKeymap } from './audit-keymap.ts';
import { dialogKeymap } from './dialog-keymap.ts';
import { keymap, type Where } from './keymap.ts';
import { logsKeymap } from './logs-keymap.ts';

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
  return section === 'dialogs' ? dialogKeymap : keymap.filter(({ where }) => where === section);
}
