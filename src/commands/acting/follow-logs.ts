import { setTimeout as wait } from 'node:timers/promises';
import { FaultError } from '../../model/errors.ts';
import { type LogLine, mergeLines } from '../../model/log-line.ts';
import type { OpenLog, ShownNews } from './open-logs.ts';

/** What has come is asked for so often. */
const everyMs = 500;

/** Where lines go, and what is told of the logs themselves. */
export interface Printer {
  lines(lines: readonly LogLine[]): Promise<void>;
  note(log: OpenLog, words: string): Promise<void>;
  count(): number;
}

/** Each log in its own pace, so that one that is away holds up no other; what has come is printed by its time. */
export async function follow(
  read: ReadonlySet<OpenLog>,
  out: Printer,
  signal: AbortSignal,
): Promise<void> {
  const breath = (): Promise<unknown> => wait(everyMs, undefined, { signal }).catch(() => {});
  const come: (readonly LogLine[])[] = [];
  const readOn = async (log: OpenLog): Promise<void> => {
    const next = rejoining(log, out, signal);
    while (!signal.aborted) {
      const { lines, notes } = await next();
      for (const note of notes) await out.note(log, note);
      come.push(lines);
      await breath();
    }
  };
  const print = async (): Promise<void> => {
    while (!signal.aborted) {
      await out.lines(mergeLines(come.splice(0)));
      await breath();
    }
  };
  await Promise.all([print(), ...[...read].map(readOn)]);
}

/** A log that cannot be read for a while goes on where it stopped: both are told, once. */
function rejoining(log: OpenLog, out: Printer, signal: AbortSignal): () => Promise<ShownNews> {
  let away: string | null = null;
  return async () => {
    try {
      const news = await log.next();
      if (away !== null) await out.note(log, 'live again, from where it stopped');
      away = null;
      return news;
    } catch (error) {
      const words = wordsOf(error);
      if (!signal.aborted && away !== words) await out.note(log, `reconnecting: ${words}`);
      away = words;
      return { lines: [], notes: [] };
    }
  };
}

/** Why a log could not be read. */
export function wordsOf(error: unknown): string {
  if (error instanceof FaultError) return error.fault.message;
  throw error;
}
