import type { Json, JsonObject } from '../model/json.ts';
import { valueAt } from './http-body.ts';

/** What a page says of its process, and how often it was seen to be a new one. */
export interface StartedFacts {
  /** RFC 3339; null when the page does not say. */
  readonly startedAt: string | null;
  /** The last one that was told: what the next is compared with. */
  readonly lastStartedAt: string | null;
  /** Counts the changes, for the crash-loop rule. */
  readonly starts: number;
  /** A page does not say how its process ended. */
  readonly badExit: null;
}

/** A start time that is worked out from an uptime in seconds wavers by so much. */
const waversMs = 1000;

/**
 * Each later start time is one more start. An earlier one is another process behind the same
 * address: the count begins anew, so that two that take turns are no crash loop.
 */
export function startedFacts(
  json: Json | undefined,
  path: string,
  before: JsonObject | null,
): StartedFacts {
  const told = json === undefined ? null : timeAt(json, path);
  const last = before?.['lastStartedAt'];
  const known = typeof last === 'string' && !Number.isNaN(Date.parse(last)) ? last : null;
  const starts = typeof before?.['starts'] === 'number' ? before['starts'] : 0;
  const facts = { badExit: null, startedAt: told, lastStartedAt: told ?? known, starts };
  if (told === null || known === null) return facts;
  const laterMs = Date.parse(told) - Date.parse(known);
  if (laterMs > waversMs) return { ...facts, starts: starts + 1 };
  if (laterMs < -waversMs) return { ...facts, starts: 0 };
  return { ...facts, startedAt: known, lastStartedAt: known };
}

/** RFC 3339, or seconds or milliseconds since 1970; null for anything else, and for what lies before 2000. */
function timeAt(json: Json, path: string): string | null {
  const value = valueAt(json, path);
  const atMs = typeof value === 'string' ? parseTime(value) : epochMs(value);
  return atMs !== null && atMs > Date.UTC(2000) && atMs < Date.UTC(2100) ? isoOf(atMs) : null;
}

/** `Date.parse` alone takes "14" for a month. */
function parseTime(text: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text)) return null;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? null : atMs;
}

/** Seconds until the year 5138 are smaller than milliseconds since 1973. */
function epochMs(value: Json | undefined): number | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null;
  return value < 1e11 ? value * 1000 : value;
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
