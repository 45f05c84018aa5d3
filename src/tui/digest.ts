import { eventsOf } from './events.ts';
import type { Known } from './known.ts';
import { dayClockAndZone, type TimeFrame } from './times.ts';

/** What has changed since somebody last looked, in one line; null when nothing has. */
export function digestOf(known: Known, lookedAt: string | null, times: TimeFrame): string | null {
  if (lookedAt === null) return null;
  const news = eventsOf(known, '').filter(({ at }) => at > lookedAt);
  const [latest] = news;
  if (!latest) return null;
  const more = news.length === 1 ? '' : ` and ${news.length - 1} more`;
  const when = dayClockAndZone(lookedAt, times);
  return `since ${when}: ${latest.check} ${latest.from} → ${latest.to}${more}; e shows what changed`;
}
