import { isJsonObject, type Json } from './json.ts';

/** CSI, OSC, DCS/SOS/PM/APC strings and two-byte escapes (ECMA-48), also with C1 introducers. */
const sequences =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what it removes
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]/g;

/** C0, DEL, C1, and the marks that reorder text: none of them may reach a terminal. */
const controls =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it removes
  /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]+/g;

/** Remote text as one safe line: no control sequence, no line break, at most `maxLength` characters. */
export function plainText(text: string, maxLength = 400): string {
  const safe = text
    .slice(0, maxLength * 8)
    .replace(sequences, '')
    .replace(controls, ' ')
    .trim();
  return safe.length > maxLength ? `${safe.slice(0, maxLength - 1)}…` : safe;
}

/** The same for every string and key within a JSON value. */
export function plainJson(value: Json): Json {
  if (typeof value === 'string') return plainText(value);
  if (Array.isArray(value)) return value.map(plainJson);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [plainText(key), plainJson(inner)]),
  );
}
