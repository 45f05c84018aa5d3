import { FaultError } from '../../model/errors.ts';
import { type LogLine, mergeLines } from '../../model/log-line.ts';
import type { Clock } from '../../transports/contract.ts';
import type { OpenLog } from './open-log.ts';
import type { OpenLogs } from './open-logs.ts';

/** What has come is shown so often, and asked for of what costs nothing to ask. */
const nearMs = 250;
/** A question elsewhere is a program or an exchange there. */
const everyMs = 500;
/** Nobody reads along where so many lines come at once, and a frame of all new lines is dear. */
const floodLines = 500;
/** A question that waits for longer is told: no stream is called live that may be dead. */
const patientMs = 3000;
/** Pods that took the place of others are looked for so often. */
const renewMs = 5000;

/** Where lines go, and what is told of the logs themselves. */
export interface Printer {
  lines(lines: readonly LogLine[]): Promise<void>;
  /** Something that has happened to it. */
  note(log: OpenLog, words: string): Promise<void>;
  /** It cannot be read, and why; null when it can be again. */
  away(log: OpenLog, why: string | null): Promise<void>;
  /** There is no such file, yet or any more: it is looked for on and on, and is no trouble. */
  absent(log: OpenLog, why: string): Promise<void>;
  /** Nothing more comes of it, and why. */
  ended(log: OpenLog, why: string): Promise<void>;
}

/** The first lines of logs, and why some could not be read. */
export interface FirstLines {
  readonly lines: readonly LogLine[];
  readonly failed: ReadonlyMap<OpenLog, FaultError>;
}

export interface Following {
  readonly out: Printer;
  readonly signal: AbortSignal;
  readonly clock: Clock;
}

/** A log that cannot be read is told, and hides none of the others. */
export async function readFirst(logs: readonly OpenLog[], out: Printer): Promise<FirstLines> {
  const failed = new Map<OpenLog, FaultError>();
  const all = await Promise.all(
    logs.map(async (log) => {
      try {
        const { lines, notes } = await log.read();
        for (const note of notes) await out.note(log, note);
        return lines;
      } catch (error) {
        failed.set(log, faultOf(error));
        await tellAway(log, error, out);
        return [];
      }
    }),
  );
  return { lines: mergeLines(all), failed };
}

/** Each log in its own pace, so that one that is away holds up no other; what has come is printed by its time. */
export async function follow(
  open: Pick<OpenLogs, 'logs' | 'renew' | 'forget'>,
  { failed }: Pick<FirstLines, 'failed'>,
  { out, signal, clock }: Following,
): Promise<void> {
  const breath = (ms: number): Promise<unknown> => clock.sleep(ms, signal).catch(() => {});
  const come: (readonly LogLine[])[] = [];
  const readOn = async (log: OpenLog): Promise<void> => {
    let away = failed.has(log) ? wordsOf(failed.get(log)) : null;
    while (!signal.aborted) {
      let count = 0;
      try {
        const { lines, notes } = await readTelling(log, clock, async () => {
          if (away === null) await out.away(log, silence);
          away ??= silence;
        });
        if (away !== null) await out.away(log, null);
        away = null;
        for (const note of notes) await out.note(log, note);
        come.push(lines);
        count = lines.length;
      } catch (error) {
        if (signal.aborted) return;
        if (log.endsWhenGone && isGone(error)) {
          open.forget(log);
          return out.ended(log, 'its pod is gone');
        }
        const words = wordsOf(error);
        if (away !== words) await tellAway(log, error, out);
        away = words;
      }
      await breath(log.isNear ? paceOf(count) : everyMs);
    }
  };
  const print = async (): Promise<void> => {
    while (!signal.aborted) {
      const lines = mergeLines(come.splice(0));
      await out.lines(lines);
      await breath(paceOf(lines.length));
    }
  };
  const renew = async (): Promise<void> => {
    const joined: Promise<void>[] = [];
    for (;;) {
      await breath(renewMs);
      if (signal.aborted) break;
      for (const log of await open.renew()) {
        await out.note(log, 'it has come since');
        joined.push(readOn(log));
      }
    }
    await Promise.all(joined);
  };
  await Promise.all([print(), renew(), ...open.logs.map(readOn)]);
}

function paceOf(lines: number): number {
  return lines < floodLines ? nearMs : everyMs;
}

const silence = `no answer for ${patientMs / 1000} s`;

/** Waits for an answer all the same: who holds the line gives it up when its time has come. */
async function readTelling(
  log: OpenLog,
  clock: Clock,
  tell: () => Promise<void>,
): ReturnType<OpenLog['read']> {
  const answered = new AbortController();
  const { signal } = answered;
  const late = clock.sleep(patientMs, signal).then(
    () => (signal.aborted ? undefined : tell()),
    () => {},
  );
  try {
    return await log.read();
  } finally {
    answered.abort();
    await late;
  }
}

function tellAway(log: OpenLog, error: unknown, out: Printer): Promise<void> {
  const words = wordsOf(error);
  return isGone(error) ? out.absent(log, words) : out.away(log, words);
}

function isGone(error: unknown): boolean {
  return error instanceof FaultError && error.fault.code === 'not-found';
}

/** Why a log could not be read. */
function wordsOf(error: unknown): string {
  return faultOf(error).fault.message;
}

function faultOf(error: unknown): FaultError {
  if (error instanceof FaultError) return error;
  throw error;
}
