import { isOnlyBegun, isRegexLike, regexFault, regexOf } from './typed-regex.ts';

/** What is looked for, as people type it. */
export interface Pattern {
  /** `~text`: every letter in this order, others between them. */
  readonly isFuzzy: boolean;
  /** `!text`: what does not match is wanted. */
  readonly inverts: boolean;
  matches(text: string): boolean;
}

/**
 * A case-insensitive substring, or a regex when it has regex characters; `~text` is fuzzy, `!text`
 * inverts. Of a regex that is not one yet counts what is one, and nothing yet matches everything.
 */
export function parsePattern(text: string): Pattern {
  const marks = /^!*/.exec(text)?.[0].length ?? 0;
  const rest = text.slice(marks);
  const isNothingYet = rest === '' || rest === '~' || isOnlyBegun(rest);
  const inverts = !isNothingYet && marks % 2 === 1;
  if (isNothingYet) return { isFuzzy: false, inverts, matches: () => true };
  if (rest.startsWith('~')) {
    return { isFuzzy: true, inverts, matches: fuzzy(rest.slice(1).toLowerCase()) };
  }
  const regex = isRegexLike(rest) ? regexOf(rest) : plainRegex(rest);
  return { isFuzzy: false, inverts, matches: (words) => regex.test(words) };
}

/** Why a text with regex characters is no regex; null when it is one, or is not meant as one. */
export function patternFault(text: string): string | null {
  const rest = text.replace(/^!*/, '');
  return rest.startsWith('~') ? null : regexFault(rest);
}

/** A text as a regex: no line is copied to be compared without regard to case. */
function plainRegex(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'i');
}

function fuzzy(wanted: string): (text: string) => boolean {
  return (text) => {
    const words = text.toLowerCase();
    let at = 0;
    for (const letter of wanted) {
      const found = words.indexOf(letter, at);
      if (found < 0) return false;
      at = found + letter.length;
    }
    return true;
  };
}
