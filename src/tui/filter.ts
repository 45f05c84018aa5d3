import type { State } from '../model/state.ts';
import { parsePattern, patternFault } from './pattern.ts';
import { isRegexLike, regexFault, regexOf } from './typed-regex.ts';

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

/** `k:`, `s:` or `h:`, the other way round behind a `!`. */
const narrower = /^!?[ksh]:/;

/**
 * The filter of the contract's §6: `k: s: h:` narrow by kind, state and host, as `!k: !s: !h:` do by
 * what is not so; what is left is a case-insensitive substring, or a regex when it has regex
 * characters, of id, kind, state and note; `~text` is fuzzy over the name, `!text` inverts. Of a regex
 * that is not one yet counts what is one.
 */
export function parseFilter(text: string): Matches {
  const { narrowing, rest } = partsOf(text);
  const narrowed = narrowing.map(narrow);
  const { isFuzzy, inverts, matches } = parsePattern(rest);
  const matchesRest: Matches = (row) => matches(isFuzzy ? row.name : searchable(row)) !== inverts;
  return (row) => narrowed.every((holds) => holds(row)) && matchesRest(row);
}

/** Why a filter, or a part of it, is no regex though it has regex characters; null when all is well. */
export function filterFault(text: string): string | null {
  const { narrowing, rest } = partsOf(text);
  const faults = narrowing.map((word) => regexFault(wantedOf(word)));
  return [...faults, patternFault(rest)].find((fault) => fault !== null) ?? null;
}

interface Parts {
  readonly narrowing: readonly string[];
  readonly rest: string;
}

function partsOf(text: string): Parts {
  const words = text.trim().split(/\s+/);
  return {
    narrowing: words.filter((word) => narrower.test(word) && wantedOf(word) !== ''),
    rest: words.filter((word) => !narrower.test(word)).join(' '),
  };
}

function wantedOf(word: string): string {
  return word.replace(narrower, '');
}

function narrow(word: string): Matches {
  if (word.startsWith('!')) {
    const matches = narrow(word.slice(1));
    return (row) => !matches(row);
  }
  const begins = beginsWith(wantedOf(word));
  if (word.startsWith('k:')) return ({ kind }) => begins(kind);
  if (word.startsWith('s:')) {
    return ({ state, word: said = state }) => begins(state) || begins(said);
  }
  return ({ host }) => begins(host);
}

function beginsWith(wanted: string): (text: string) => boolean {
  if (!isRegexLike(wanted)) {
    const lower = wanted.toLowerCase();
    return (text) => text.toLowerCase().startsWith(lower);
  }
  const regex = new RegExp(`^(?:${regexOf(wanted).source})`, 'i');
  return (text) => regex.test(text);
}

/** Fields on lines of their own: `^` and `$` hold for each, and `.` does not reach over. */
function searchable({ id, kind, state, note, word = state }: Filterable): string {
  return `${id}\n${kind}\n${word}\n${note}`;
}
