import { Cron } from 'croner';

/**
 * Asks a cron trigger as Inngest reads it (the robfig parser of Go): five fields or a nickname,
 * behind `TZ=` or `CRON_TZ=`; without a zone it is UTC. Null where it is not understood: croner
 * tells of a pattern when it is made, of a zone only when it is asked.
 */
export function askCron<T>(schedule: string, ask: (cron: Cron) => T): T | null {
  const [, zone = 'UTC', pattern = ''] = /^(?:(?:CRON_)?TZ=(\S+)\s+)?(.+)$/.exec(schedule) ?? [];
  try {
    // `5/15` is from 5 in steps of 15, for that parser too.
    return ask(new Cron(pattern, { ...placeOf(zone), paused: true, sloppyRanges: true }));
  } catch {
    return null;
  }
}

/** By its offset, UTC needs nothing of Intl: what that takes at first is a tenth of a whole sample. */
function placeOf(zone: string): { readonly utcOffset: 0 } | { readonly timezone: string } {
  return zone === 'UTC' ? { utcOffset: 0 } : { timezone: zone };
}

const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };

/** Milliseconds of `@every 1h30m`, counted from when the server began; null when it is none. */
export function everyMsOf(schedule: string): number | null {
  const [, text] = /^@every ((?:\d+(?:\.\d+)?(?:h|ms|m|s))+)$/.exec(schedule.trim()) ?? [];
  if (text === undefined) return null;
  const spans = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)];
  return spans.reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitMs[unit] ?? 0), 0);
}
