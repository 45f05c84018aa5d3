import type { State } from '../model/state.ts';

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

const regexCharacters = /[\\^$*+?()[\]{}|]/;

/**
 * The filter of the contract's §6: `k: s: h:` narrow by kind, state and host; what is left is a
 * case-insensitive substring, or a regex when it has regex characters, of id, kind, state and note;
 * `~text` is fuzzy over the name, `!text` inverts. A regex that is not one yet counts as plain text.
 */
export function parseFilter(text: string): Matches {
  const words = text.trim().split(/\s+/);
  const narrowing = words.filter((word) => /^[ksh]:./.test(word)).map(narrow);
  const rest = words.filter((word) => !/^[ksh]:/.test(word)).join(' ');
  const matchesRest = matcherOf(rest);
  return (row) => narrowing.every((matches) => matches(row)) && matchesRest(row);
}

function narrow(word: string): Matches {
  const wanted = word.slice(2).toLowerCase();
  if (word.startsWith('k:')) return ({ kind }) => kind.toLowerCase().startsWith(wanted);
  if (word.startsWith('s:'))
    return ({ state, word = state }) => state.startsWith(wanted) || word.startsWith(wanted);
  return ({ host }) => host.toLowerCase().startsWith(wanted);
}

function matcherOf(text: string): Matches {
  if (text === '' || text === '!' || text === '~') return () => true;
  if (text.startsWith('!')) {
    const matches = matcherOf(text.slice(1));
    return (row) => !matches(row);
  }
  if (text.startsWith('~')) return fuzzy(text.slice(1).toLowerCase());
  const regex = regexCharacters.test(text) ? regexOf(text) : null;
  if (regex) return (row) => regex.test(searchable(row));
  const wanted = text.toLowerCase();
  return (row) => searchable(row).toLowerCase().includes(wanted);
}

/** Fields on lines of their own: `^` and `$` hold for each, and `.` does not reach over. */
function searchable({ id, kind, state, note, word = state }: Filterable): string {
  return `${id}\n${kind}\n${word}\n${note}`;
}

function regexOf(text: string): RegExp | null {
  try {
    return new RegExp(text, 'im');
  } catch {
    return null;
  }
}

/** Every letter in this order, others between them. */
function fuzzy(wanted: string): Matches {
  return ({ name }) => {
    let found = 0;
    for (const letter of name.toLowerCase()) if (letter === wanted[found]) found++;
    return found >= wanted.length;
  };
}
