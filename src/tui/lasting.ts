import { dayAndClock, sinceCell, spanInSteps, type TimeFrame } from './times.ts';

/** Since when a state has been seen, and until when nobody looked, last, since then. */
export interface Lasting {
  readonly since: string | null;
  readonly unwatchedUntil: string | null;
}

/** For a column of 6 cells: "3h", and "~3h" or "~17Feb" where nobody looked for a part of it. */
export function lastingCell(lasting: Lasting, frame: TimeFrame): string {
  const cell = sinceCell(lasting.since, frame);
  return hasGap(lasting, frame) ? `~${cell.replace(' ', '')}` : cell;
}

/** In a sentence: "for 3m", "since 17 Feb 09:00", "for ~3h, watched for 2m". */
export function sinceWords(lasting: Lasting, frame: TimeFrame): string {
  const { since, unwatchedUntil } = lasting;
  if (since === null) return '';
  const words = wholeWords(since, frame);
  if (unwatchedUntil === null || !hasGap(lasting, frame)) return words;
  return `${words.replace(' ', ' ~')}, watched ${wholeWords(unwatchedUntil, frame)}`;
}

/** Of less than a minute no part is told apart. */
function hasGap({ since, unwatchedUntil }: Lasting, { nowMs }: TimeFrame): boolean {
  return since !== null && unwatchedUntil !== null && nowMs - Date.parse(since) >= 60_000;
}

function wholeWords(iso: string, frame: TimeFrame): string {
  if (frame.mode === 'relative') return `for ${spanInSteps(frame.nowMs - Date.parse(iso))}`;
  return `since ${dayAndClock(iso, frame)}`;
}
