/** A text with one of these is meant as a regex. */
const regexCharacters = /[\\^$*+?()[\]{}|]/;

export function isRegexLike(text: string): boolean {
  return regexCharacters.test(text);
}

/** What can still be to come, so that what is typed is one. */
const endings = ['', ')', ']', '))', '])'] as const;

/**
 * What is typed as a regex. One that is not finished is finished, or looked for as far as it is one: a
 * list that was narrowed by `work` stays so at `work(`, and is not empty until the bracket closes. What
 * cannot become one any more is plain text.
 */
export function regexOf(text: string): RegExp {
  for (let end = text.length; end > 0; end--) {
    const begun = text.slice(0, end);
    // An alternative that is still to come would match everything, a class nothing.
    if (/(?:^|[^\\])(?:[|(\\]|\[\^?)$/.test(begun)) continue;
    for (const ending of endings) {
      const regex = compiled(begun + ending);
      if (regex instanceof RegExp) return regex;
    }
  }
  return new RegExp(isOnlyBegun(text) ? '' : text.replace(/[\\^$*+?()[\]{}|]/g, '\\$&'), 'im');
}

/** Nothing is looked for yet: a bracket has been opened, and no more. */
export function isOnlyBegun(text: string): boolean {
  return /^[([\\|]+$/.test(text);
}

/** Why a text with regex characters is no regex: "unterminated character class"; null when it is one. */
export function regexFault(text: string): string | null {
  if (!isRegexLike(text)) return null;
  const regex = compiled(text);
  if (regex instanceof RegExp) return null;
  // V8 says "Invalid regular expression: /a[/im: Unterminated character class".
  const reason = regex.message.slice(regex.message.lastIndexOf(': ') + 2);
  return reason.charAt(0).toLowerCase() + reason.slice(1);
}

function compiled(text: string): RegExp | Error {
  try {
    return new RegExp(text, 'im');
  } catch (error) {
    return error as Error;
  }
}
