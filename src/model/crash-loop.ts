import { isJsonObject, type Json, type JsonObject } from './json.ts';
import type { Verdict } from './result.ts';
import { classOf } from './state.ts';

/**
 * What a kind says of starts, whatever counts them (launchd's `runs`, systemd's `NRestarts`, a pod's
 * `restartCount`, how often a page told a later start time): the counter, and how the last run ended
 * when it ended badly ("exit 1", "SIGSEGV").
 */
export interface StartFacts {
  readonly starts: number;
  readonly badExit: string | null;
}

/** A count and when it was last seen; among the facts, where its time is RFC 3339: oldest first, each count once. */
interface Sighting {
  readonly atMs: number;
  readonly starts: number;
}

/** Restarts further back than this are forgotten. */
const windowMs = 5 * 60_000;
const mostSightings = 64;
const clean = 2;
const unclean = 1;

/**
 * The one rule for crash loops: two restarts within five minutes, or one after a bad exit. It holds
 * while the unit momentarily looks well, and ends when the window holds no more of them. A counter
 * that falls is a new unit: nothing is compared across that. Returns the facts with their sightings.
 */
export function trackStarts(
  facts: JsonObject,
  before: JsonObject | null,
  atMs: number,
): JsonObject {
  const { starts } = facts;
  if (typeof starts !== 'number') return facts;
  // A clock that was set back has seen the future.
  const past = sightingsOf(before?.['sightings']).filter((one) => one.atMs <= atMs);
  const known = past.filter((one) => atMs - one.atMs <= windowMs);
  const reset = known.some((one) => one.starts > starts);
  const lower = reset ? [] : known.filter((one) => one.starts !== starts);
  const sightings = [...lower, { atMs, starts }].slice(-mostSightings);
  const restarts =
    known.length > 0 ? restartsOf(sightings) : restartsSince(past.at(-1), { atMs, starts });
  return { ...facts, sightings: sightings.map(toFact), restarts };
}

/**
 * The verdict with the crash loop in it: a unit that looks well is degraded, one in trouble says so
 * too. How many restarts there were is among the facts: a note does not move.
 */
export function judgeStarts(verdict: Verdict, facts: JsonObject): Verdict {
  const { restarts, badExit } = facts;
  if (typeof restarts !== 'number') return verdict;
  const exit = typeof badExit === 'string' ? badExit : null;
  if (restarts < (exit === null ? clean : unclean)) return verdict;
  if (classOf(verdict.state) === 'good') {
    return { state: 'degraded', note: loopInWords(restarts, exit) };
  }
  if (verdict.note === '') return { ...verdict, note: loopInWords(restarts, exit) };
  // How it ended is told once.
  const isTold = exit !== null && verdict.note.includes(exit);
  const loop = isTold
    ? restarts < clean
      ? 'restarted'
      : 'crash loop'
    : loopInWords(restarts, exit);
  return { ...verdict, note: `${verdict.note}; ${loop}` };
}

/** "restarted after exit 1", then "crash loop, exit 1"; what ends well restarts again and again. */
function loopInWords(restarts: number, exit: string | null): string {
  if (exit === null) return 'restarts again and again';
  if (restarts >= clean) return `crash loop, ${exit}`;
  return exit.startsWith('after ') ? `restarted ${exit}` : `restarted after ${exit}`;
}

function restartsOf(sightings: readonly Sighting[]): number {
  return (sightings.at(-1)?.starts ?? 0) - (sightings[0]?.starts ?? 0);
}

/** Seen more rarely than the window is long: what came on average within one. */
function restartsSince(last: Sighting | undefined, now: Sighting): number {
  if (!last || last.starts > now.starts) return 0;
  return Math.floor(((now.starts - last.starts) * windowMs) / (now.atMs - last.atMs));
}

function sightingsOf(value: Json | undefined): readonly Sighting[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isJsonObject).flatMap(({ at, starts }) => {
    const atMs = typeof at === 'string' ? Date.parse(at) : Number.NaN;
    return typeof starts === 'number' && !Number.isNaN(atMs) ? [{ atMs, starts }] : [];
  });
}

function toFact({ atMs, starts }: Sighting): JsonObject {
  return { at: new Date(atMs).toISOString(), starts };
}
