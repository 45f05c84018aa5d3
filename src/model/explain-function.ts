import { explainPart } from './explain-part.ts';
import type { NetworkState } from './health.ts';
import { isJsonObject, type Json } from './json.ts';
import { countOf, objectsOf, textOf, textsOf } from './read-facts.ts';
import type { CheckReport, FunctionReport } from './report.ts';

/** A part of an Inngest server's check as a function; none where it is no function. */
export function itemOf(
  key: string,
  check: CheckReport | undefined,
  { health }: NetworkState,
): readonly FunctionReport[] {
  const known = health[key];
  if (!check || !known || known.part?.kind !== 'function') return [];
  const { facts, since, unwatchedUntil, streak } = known;
  const { lastRun, runs24h } = facts;
  return [
    {
      server: check.name,
      slug: textOf(facts['slug']) ?? key.slice(key.indexOf('#') + 1),
      name: known.part.name,
      app: textOf(facts['app']) ?? '',
      triggers: objectsOf(facts['triggers']).map(({ type, value }) => ({
        type: textOf(type) ?? '',
        value: textOf(value) ?? '',
      })),
      nextRun: textOf(facts['nextRun']),
      marks: textsOf(facts['marks']),
      ...explainPart(check, known),
      since,
      unwatchedUntil,
      streak,
      lastRun: lastRunOf(lastRun),
      inFlight: inFlightOf(facts['inFlight']),
      runs24h: countsOf(runs24h),
    },
  ];
}

function inFlightOf(value: Json | undefined): FunctionReport['inFlight'] {
  if (!Array.isArray(value)) return null;
  return objectsOf(value).map(({ id, status, at }) => ({
    ...{ id: textOf(id) ?? '', status: textOf(status) ?? '', at: textOf(at) ?? '' },
  }));
}

function lastRunOf(value: Json | undefined): FunctionReport['lastRun'] {
  if (!isJsonObject(value)) return null;
  const { id, status, at, durationMs, error } = value;
  return {
    id: textOf(id) ?? '',
    status: textOf(status) ?? '',
    at: textOf(at) ?? '',
    durationMs: countOf(durationMs),
    error: textOf(error),
  };
}

function countsOf(value: Json | undefined): FunctionReport['runs24h'] {
  const { completed, failed, running, queued } = isJsonObject(value) ? value : {};
  return {
    completed: countOf(completed) ?? 0,
    failed: countOf(failed) ?? 0,
    running: countOf(running) ?? 0,
    queued: countOf(queued) ?? 0,
  };
}
