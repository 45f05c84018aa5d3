import type { State } from '../model/state.ts';
import { parsePattern } from './pattern.ts';

/** What a filter looks at. */
export interface Filterable {
  readonly id: string;
  readonly name: string;
  readonly host: string;
  readonly kind: string;
  readonly state: State;
  readonly note: string;
  /** What it says in the place of its state: a verdict. */
  readonly word?: string;
}

export type Matches = (row: Filterable) => boolean;

/**
 * The filter of the contract's §6: `k: s: h:` narrow by kind, state and host; what is left is a
 * case-insensitive substring, or a regex when it has regex characters, of id, kind, state and note;
 * `~text` is fuzzy over the name, `!text` inverts. A regex that is not one yet counts as plain text.
 */
export function parseFilter(text: string): Matches {
  const words = text.trim().split(/\s+/);
  const narrowing = words.filter((word) => /^[ksh]:./.test(word)).map(narrow);
  const rest = words.filter((word) => !/^[ksh]:/.test(word)).join(' ');
  const { isFuzzy, inverts, matches } = parsePattern(rest);
  const matchesRest: Matches = (row) => matches(isFuzzy ? row.name : searchable(row)) !== inverts;
  return (row) => narrowing.every((holds) => holds(row)) && matchesRest(row);
}

function narrow(word: string): Matches {
  const wanted = word.slice(2).toLowerCase();
  if (word.startsWith('k:')) return ({ kind }) => kind.toLowerCase().startsWith(wanted);
  if (word.startsWith('s:'))
    return ({ state, word = state }) => state.startsWith(wanted) || word.startsWith(wanted);
  return ({ host }) => host.toLowerCase().startsWith(wanted);
}

/** Fields on lines of their own: `^` and `$` hold for each, and `.` does not reach over. */
function searchable({ id, kind, state, note, word = state }: Filterable): string {
  return `${id}\n${kind}\n${word}\n${note}`;
}
