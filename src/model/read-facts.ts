import { isJsonObject, type Json, type JsonObject } from './json.ts';

/** The objects of a list within facts; none where it is no list. */
export function objectsOf(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

/** The texts of such a list. */
export function textsOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** Null for no text, and for an empty one. */
export function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Null for no number. */
export function countOf(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}
