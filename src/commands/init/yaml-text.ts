import { isJsonObject, type Json, type JsonObject } from '../../model/json.ts';

/** Words that YAML, of one version or another, takes for something else than text. */
const notText = /^(?:true|false|null|yes|no|on|off|y|n|~)$/i;

/** Signs that a reader of the file would not see, or that end a line. */
const unseen = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** A value on one line, in flow style where it holds others. */
export function flowText(value: Json): string {
  if (typeof value === 'string') return scalarText(value);
  if (Array.isArray(value))
    return value.length === 0 ? '[]' : `[${value.map(flowText).join(', ')}]`;
  if (!isJsonObject(value)) return String(value);
  const pairs = Object.entries(value).map(([key, one]) => `${key}: ${flowText(one)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

/** Plain where no reader can take it for anything else, else in double quotes, as in JSON. */
function scalarText(text: string): string {
  if (/^[A-Za-z_/~][A-Za-z0-9_./@~-]*$/.test(text) && !notText.test(text)) return text;
  return JSON.stringify(text.toWellFormed()).replaceAll(
    unseen,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** An item of a list: a key on each line, and the checks of a service below theirs. */
export function itemLines(item: JsonObject): readonly string[] {
  const lines = Object.entries(item).flatMap(([key, value]) =>
    key === 'checks' && Array.isArray(value)
      ? ['checks:', ...value.map((check) => `  - ${flowText(check)}`)]
      : [`${key}: ${flowText(value)}`],
  );
  return lines.map((line, index) => (index === 0 ? `  - ${line}` : `    ${line}`));
}
