import type { Cron } from 'croner';
import type { Trigger } from './read.ts';
import { askCron, everyMsOf } from './schedule.ts';

/**
 * The longest that a function's crons leave between two starts about now, in milliseconds: over the
 * weekend for one of working days. Null when it has none that is understood.
 */
export function cadenceOf(triggers: readonly Trigger[], nowMs: number): number | null {
  const cadences = schedulesOf(triggers)
    .map((schedule) => cronCadence(schedule, nowMs))
    .filter((cadence) => cadence !== null);
  return cadences.length === 0 ? null : Math.min(...cadences);
}

/**
 * When the first of its crons starts it next, RFC 3339. Null when none is understood, and of
 * `@every`, which counts from when the server began.
 */
export function nextRunOf(triggers: readonly Trigger[], nowMs: number): string | null {
  const starts = schedulesOf(triggers).flatMap((schedule) => {
    const next = askCron(schedule, (cron) => cron.nextRun(new Date(nowMs)));
    return next === null ? [] : [next.getTime()];
  });
  return starts.length === 0 ? null : new Date(Math.min(...starts)).toISOString();
}

/** The schedules among a function's triggers. */
export function schedulesOf(triggers: readonly Trigger[]): readonly string[] {
  return triggers.filter(({ type }) => type === 'CRON').map(({ value }) => value);
}

function cronCadence(schedule: string, nowMs: number): number | null {
  const everyMs = everyMsOf(schedule);
  if (everyMs !== null) return everyMs > 0 ? everyMs : null;
  return askCron(schedule, (cron) => longestGap(cron, nowMs));
}

function longestGap(cron: Cron, nowMs: number): number | null {
  const [last, before] = cron.previousRuns(2, new Date(nowMs));
  // The next after the last, not after now: at the very second of a start none is left out.
  const starts = [before, last, ...cron.nextRuns(1, last)]
    .filter((start) => start !== undefined)
    .map((start) => start.getTime())
    .sort((a, b) => a - b);
  const gaps = starts.slice(1).map((start, index) => start - (starts[index] ?? start));
  const longest = Math.max(0, ...gaps);
  return longest > 0 ? longest : null;
}
