import { inWords } from '../model/in-words.ts';

/** How times are shown: as spans, or as clock times of the user's zone or of UTC. */
export const timesModes = ['relative', 'local', 'utc'] as const;

export type TimesMode = (typeof timesModes)[number];

/** What words about time depend on. `timeZone` undefined is the machine's own. */
export interface TimeFrame {
  readonly nowMs: number;
  readonly mode: TimesMode;
  readonly timeZone: string | undefined;
}

/** A span in steps, so that it seldom changes: "<1m", "3m", "2h", "6d". */
export function spanInSteps(ms: number): string {
  const minutes = Math.floor(Math.max(0, ms) / 60_000);
  if (minutes < 1) return '<1m';
  if (minutes < 60) return `${minutes}m`;
  if (minutes < 1440) return `${Math.floor(minutes / 60)}h`;
  return `${Math.floor(minutes / 1440)}d`;
}

/** Latency in 1-2-5 steps: "5 ms", "200 ms", "2 s". What jitters within a step writes nothing. */
export function latencyInSteps(ms: number | null): string {
  if (ms === null) return '–';
  const step = latencyStep(ms);
  return step < 1000 ? `${step} ms` : `${step / 1000} s`;
}

/** The step itself, in milliseconds: 1, 2, 5, 10, … */
export function latencyStep(ms: number): number {
  const exponent = Math.max(0, Math.floor(Math.log10(Math.max(1, ms))));
  const base = 10 ** exponent;
  const ratio = Math.max(1, ms) / base;
  return ratio < 1.5 ? base : ratio < 3.5 ? base * 2 : ratio < 7.5 ? base * 5 : base * 10;
}

/** When something began, for a column of 6 cells. */
export function sinceCell(iso: string | null, frame: TimeFrame): string {
  if (iso === null) return '–';
  const atMs = Date.parse(iso);
  if (frame.mode === 'relative') return spanInSteps(frame.nowMs - atMs);
  return whenOf(iso, frame);
}

/** The clock time of today, else the day. */
function whenOf(iso: string, frame: TimeFrame): string {
  const atMs = Date.parse(iso);
  const at = partsOf(atMs, zoneOf(frame));
  const now = partsOf(frame.nowMs, zoneOf(frame));
  return at.day === now.day && Math.abs(frame.nowMs - atMs) < 86_400_000 ? at.clock : at.day;
}

/** How long something has run, to the second within its first minute: "up for 8 s", "up for 3 min". */
export function upForWords(iso: string, frame: TimeFrame): string {
  if (frame.mode !== 'relative') return `up since ${dayAndClock(iso, frame)}`;
  return `up for ${inWords(frame.nowMs - Date.parse(iso))}`;
}

/** When something is to come, for a column: "in 40m" or, in the other modes, "10:00". */
export function comingCell(iso: string, frame: TimeFrame): string {
  if (frame.mode !== 'relative') return whenOf(iso, frame);
  const leftMs = Date.parse(iso) - frame.nowMs;
  return leftMs <= 0 ? 'due' : `in ${spanInSteps(leftMs)}`;
}

/** The same in a sentence: "in 40m" or "18 Feb 10:00". */
export function comingWords(iso: string, frame: TimeFrame): string {
  return frame.mode === 'relative' ? comingCell(iso, frame) : dayAndClock(iso, frame);
}

/** A moment, whatever the mode: "3m ago" or "17 Feb 09:00". */
export function momentWords(iso: string, frame: TimeFrame): string {
  if (frame.mode !== 'relative') return dayAndClock(iso, frame);
  return `${spanInSteps(frame.nowMs - Date.parse(iso))} ago`;
}

/** "17 Feb 09:00"; the zone is UTC in that mode, else the user's. */
export function dayAndClock(iso: string, frame: TimeFrame): string {
  const { day, clock } = partsOf(Date.parse(iso), zoneOf(frame));
  return `${day} ${clock}`;
}

/** The same where spans stand elsewhere: then nothing else tells its zone. "17 Feb 09:00 CET". */
export function dayClockAndZone(iso: string, frame: TimeFrame): string {
  const words = dayAndClock(iso, frame);
  if (frame.mode !== 'relative') return words;
  const zone = zoneFormatOf(frame.timeZone)
    .formatToParts(Date.parse(iso))
    .find(({ type }) => type === 'timeZoneName');
  return `${words} ${zone?.value ?? zoneWords(frame)}`;
}

/** What a clock on the wall shows: "09:00:07", in the zone of the mode. */
export function clockWords(frame: TimeFrame): string {
  const { clock } = partsOf(frame.nowMs, zoneOf(frame));
  // No zone is off by a part of a minute.
  const seconds = Math.floor(frame.nowMs / 1000) % 60;
  return `${clock}:${String(seconds).padStart(2, '0')}`;
}

/** The same of a line of a log, where not all are of today with its day: "17 Feb 09:00:07". */
export function stampWords(frame: TimeFrame, isDated: boolean): string {
  const clock = clockWords(frame);
  return isDated ? `${partsOf(frame.nowMs, zoneOf(frame)).day.padStart(6)} ${clock}` : clock;
}

/** Whether a moment is of the day that it is now, in the zone of the mode. */
export function isToday(atMs: number, frame: TimeFrame): boolean {
  const day = (ms: number): string => partsOf(ms, zoneOf(frame)).day;
  return Math.abs(frame.nowMs - atMs) < 2 * dayMs && day(atMs) === day(frame.nowMs);
}

const dayMs = 86_400_000;

/** The name of the zone that clock times are shown in. */
export function zoneWords({ mode, timeZone }: TimeFrame): string {
  if (mode === 'utc') return 'UTC';
  return timeZone ?? formatOf(undefined).resolvedOptions().timeZone;
}

function zoneOf({ mode, timeZone }: TimeFrame): string | undefined {
  return mode === 'utc' ? 'UTC' : timeZone;
}

const formats = new Map<string | undefined, Intl.DateTimeFormat>();

/** Making a format is dear (0.1 ms), using it is not. */
function formatOf(timeZone: string | undefined): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  });
  formats.set(timeZone, made);
  return made;
}

/** Rarely asked for: with its summer time, so of a moment. */
function zoneFormatOf(timeZone: string | undefined): Intl.DateTimeFormat {
  const zone = timeZone === undefined ? {} : { timeZone };
  return new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short', ...zone });
}

interface DayAndClock {
  readonly day: string;
  readonly clock: string;
}

/** A screen full of a log's lines is of a few minutes, and is drawn ten times a second. */
const knownMinutes = new Map<string, DayAndClock>();
const mostMinutes = 1000;

function partsOf(atMs: number, timeZone: string | undefined): DayAndClock {
  const key = `${Math.floor(atMs / 60_000)} ${timeZone}`;
  const known = knownMinutes.get(key);
  if (known) return known;
  if (knownMinutes.size >= mostMinutes) knownMinutes.clear();
  const parts = readParts(atMs, timeZone);
  knownMinutes.set(key, parts);
  return parts;
}

function readParts(atMs: number, timeZone: string | undefined): DayAndClock {
  const parts = formatOf(timeZone).formatToParts(atMs);
  const part = (type: string): string => parts.find((one) => one.type === type)?.value ?? '';
  const month = part('month').slice(0, 3);
  return { day: `${part('day')} ${month}`, clock: `${part('hour')}:${part('minute')}` };
}
