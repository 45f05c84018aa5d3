/** A line that a unit has written, or that tells of a function's run. */
export interface LogLine {
  /** Its service's id, or its function's slug. */
  readonly service: string;
  /** Where it stands: a path, `journal`, `redis-0/redis`, the name of an Inngest server. */
  readonly from: string;
  /** Milliseconds since 1970 by our clock; null where neither it nor one before it tells. */
  readonly atMs: number | null;
  readonly text: string;
}

const iso = /^\W{0,2}(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?/;
const ownTime =
  /"(?:time|ts|timestamp|@timestamp)"\s*:\s*(?:"([^"]{19,40})"|(\d{10,13})(?:\.\d+)?)/;

/** When a line says that it was written, by its first words or its JSON; null for one that does not. */
export function timeInLine(text: string): number | null {
  if (text[23] === 'Z' && text[10] === 'T' && text[4] === '-') {
    // What most programs write, read four times as fast as by the pattern below.
    const ms = Date.parse(text.slice(0, 24));
    if (!Number.isNaN(ms)) return ms;
  }
  const head = text.slice(0, 400);
  const [, day, clock, fraction = '0', zone = 'Z'] = iso.exec(head) ?? [];
  if (day !== undefined) {
    return numberOrNull(Date.parse(`${day}T${clock}.${fraction.slice(0, 3)}${zone}`));
  }
  if (!head.startsWith('{')) return null;
  const [, words, digits] = ownTime.exec(head) ?? [];
  if (words !== undefined) return numberOrNull(Date.parse(words));
  if (digits === undefined) return null;
  return digits.length > 10 ? Number(digits) : Number(digits) * 1000;
}

function numberOrNull(ms: number): number | null {
  return Number.isNaN(ms) ? null : ms;
}

/**
 * Lines of several sources by time. Each source keeps its own order: a line without a time stands
 * with the one before it.
 */
export function mergeLines(sources: readonly (readonly LogLine[])[]): readonly LogLine[] {
  const [only = [], ...others] = sources.filter(({ length }) => length > 0);
  if (others.length === 0) return only;
  const timed = sources.flatMap((lines) => {
    let lastMs = Number.NEGATIVE_INFINITY;
    return lines.map((line) => {
      lastMs = Math.max(lastMs, line.atMs ?? lastMs);
      return { line, ms: lastMs };
    });
  });
  return timed.toSorted((a, b) => (a.ms === b.ms ? 0 : a.ms - b.ms)).map(({ line }) => line);
}
