import type { JsonObject } from './json.ts';
import { isJsonObject } from './json.ts';
import { textOf } from './read-facts.ts';

/**
 * What a unit in trouble has said last, and where that stands; null where nothing is known. It stands
 * within a sentence, so it is not indented as it was in its log.
 */
export function lastWordsOf({ lastWords }: JsonObject): { text: string; from: string } | null {
  if (!isJsonObject(lastWords)) return null;
  const { text, from } = lastWords;
  return { text: (textOf(text) ?? '').trim(), from: textOf(from) ?? '' };
}
