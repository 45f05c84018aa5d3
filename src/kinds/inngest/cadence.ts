import { Cron } from 'croner';
import type { Trigger } from './read.ts';

/**
 * The longest that a function's crons leave between two starts about now, in milliseconds: over the
 * weekend for one of working days. Null when it has none that is understood.
 */
export function cadenceOf(triggers: readonly Trigger[], nowMs: number): number | null {
  const cadences = triggers
    .filter(({ type }) => type === 'CRON')
    .map(({ value }) => cronCadence(value, nowMs))
    .filter((cadence) => cadence !== null);
  return cadences.length === 0 ? null : Math.min(...cadences);
}

/** Of `TZ=America/Los_Angeles 0 * * * *`: without the prefix the zone is UTC, as Inngest's is. */
function cronCadence(schedule: string, nowMs: number): number | null {
  const [, zone = 'UTC', pattern = ''] = /^(?:(?:CRON_)?TZ=(\S+)\s+)?(.+)$/.exec(schedule) ?? [];
  try {
    const cron = new Cron(pattern, { timezone: zone, paused: true });
    const [last, before] = cron.previousRuns(2, new Date(nowMs));
    // The next after the last, not after now: at the very second of a start none is left out.
    const starts = [before, last, ...cron.nextRuns(1, last)]
      .filter((start) => start !== undefined)
      .map((start) => start.getTime())
      .sort((a, b) => a - b);
    const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? start));
    const longest = Math.max(0, ...gaps);
    return longest > 0 ? longest : null;
  } catch {
    return null;
  }
}
