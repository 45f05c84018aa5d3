/** A place in a text, counted from 1, and in what it holds: `spec.ports[0].port`; '' for the whole. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
  readonly path: string;
}

/** What is wrong there and what to do; `isWarning` where it may be meant, or could not be checked. */
export interface TextFault extends TextPlace {
  readonly message: string;
  readonly hint: string;
  readonly isWarning: boolean;
}

/** The beginning of a text, for what has no place of its own. */
export const wholeText: TextPlace = { line: 1, column: 1, path: '' };

/** Something wrong at a place. */
export function faultAt(place: TextPlace, message: string, hint: string): TextFault {
  const { line, column, path } = place;
  return { line, column, path, message, hint, isWarning: false };
}

/** Something at a place that may be meant. */
export function warningAt(place: TextPlace, message: string, hint: string): TextFault {
  return { ...faultAt(place, message, hint), isWarning: true };
}

/** The place of an offset (UTF-16 units from 0) in a text. */
export function placeOf(text: string, offset: number, path = ''): TextPlace {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n'), path };
}

/** Keys and indexes as `spec.ports[0].port`. */
export function pathWords(path: readonly (string | number)[]): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      const plain = /^[A-Za-z_][\w-]*$/.test(key);
      if (!plain) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}
