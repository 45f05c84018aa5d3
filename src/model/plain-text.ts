import { isJsonObject, type Json } from './json.ts';

/** CSI, OSC, DCS/SOS/PM/APC strings and two-byte escapes (ECMA-48), also with C1 introducers. */
const sequences =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what it removes
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]/g;

/** C0, DEL, C1, and the marks that reorder text: none of them may reach a terminal. */
const controls =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/g;

/** What begins a control sequence, and all other controls that place no text. */
const starts =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/**
 * Remote text whose control sequences cannot begin any more, each replaced by one mark: what is told
 * beside it in one sentence is then never taken for the rest of a sequence.
 */
export function withoutControls(text: string): string {
  return text.replace(starts, '\ufffd');
}

/** A command of which a part is missing does harm: no honest one is longer than this (characters). */
export const longestCommand = 8000;

/** Remote text as one safe line: no control sequence, no line break, at most `maxLength` characters. */
export function plainText(text: string, maxLength = 400): string {
  return cut(safeText(text, maxLength).trim(), maxLength);
}

/** The same of a line whose beginning places it: it stays as far from the left as it is. */
export function plainLine(text: string, maxLength: number): string {
  return cut(safeText(text, maxLength).trimEnd(), maxLength);
}

function safeText(text: string, maxLength: number): string {
  const piece = text.slice(0, maxLength * 8);
  // Most text has none of them, and every sequence begins with one.
  if (piece.search(controls) < 0) return piece;
  return piece.replace(sequences, '').replace(controls, ' ');
}

function cut(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength - 1).toWellFormed()}…` : text;
}

/** Makes every text within a value fit to be shown. */
export type Cleaner = <T extends Json>(value: T) => T;

/** Puts `•••` for values that must not be seen. A short number is left alone: it is a port, not a password. */
export function masker(secrets: readonly string[]): (text: string) => string {
  const hidden = secrets
    .filter((secret) => secret.length >= 4 && !/^\d{1,5}$/.test(secret))
    .toSorted((a, b) => b.length - a.length);
  return (value) => {
    let masked = value;
    for (const secret of hidden) masked = masked.replaceAll(secret, '•••');
    return masked;
  };
}

/** More spaces than these at the beginning of a line place nothing. */
const mostIndent = 200;

/**
 * Makes every string and key within a JSON value plain, without values that must not be seen. A text
 * stays indented as it is: a line of a file, or of a difference whose context begins with a space. Of
 * each at most `maxLength` characters stay.
 */
export function cleaner(secrets: readonly string[], maxLength = 400): Cleaner {
  const mask = masker(secrets);
  // Before, as the cut may leave half a secret; after, as a sequence within one may have hidden it.
  const text = (value: string): string => {
    const plain = mask(plainText(mask(value), maxLength));
    return plain === '' ? '' : indentOf(value) + plain;
  };
  const clean = (value: Json): Json => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(clean);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [text(key), clean(one)]));
  };
  return clean as Cleaner;
}

function indentOf(text: string): string {
  return (/^ */.exec(text)?.[0] ?? '').slice(0, mostIndent);
}
