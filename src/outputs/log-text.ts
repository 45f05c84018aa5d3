import { jsonObjectOf } from '../model/json.ts';
import type { LogLine } from '../model/log-line.ts';

/** The colours that tell several units apart (SGR, of the 16). */
const tagColors = [36, 33, 35, 32, 34, 91] as const;
/** A line of JSON is told in words when that is shorter than this. */
const shortJson = 240;

export interface LogLook {
  readonly color: boolean;
  /** The services that are shown, in the order in which they were asked for. */
  readonly services: readonly string[];
  /** Whether one of them writes to several places. */
  readonly showsFrom: boolean;
}

/** A line for people: when, who, what. */
export function logText(line: LogLine, { color, services, showsFrom }: LogLook): string {
  const time = line.atMs === null ? ' '.repeat(18) : localTime(line.atMs);
  const name = line.service.split('/').at(-1) ?? '';
  const from = showsFrom ? ` ${line.from.split('/').at(-1)}` : '';
  const tag = services.length > 1 || showsFrom ? ` ${name}${from}` : '';
  const index = services.indexOf(line.service) % tagColors.length;
  const painted = color && tag !== '' ? `\u001b[${tagColors[index]}m${tag}\u001b[0m` : tag;
  return `${color ? `\u001b[2m${time}\u001b[0m` : time}${painted} ${wordsOf(line.text)}\n`;
}

/** `02-18 09:00:00.123` where the terminal is. */
function localTime(ms: number): string {
  const at = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return at.toISOString().slice(5, 23).replace('T', ' ');
}

/** The same as a line of the stream for agents. */
export function logJson({ service, from, atMs, text }: LogLine): string {
  const at = atMs === null ? null : new Date(atMs).toISOString();
  return `${JSON.stringify({ type: 'log', service, from, at, text })}\n`;
}

/** `error could not connect · port 5432`: level, message, and the rest where it is short. */
function wordsOf(text: string): string {
  if (!text.startsWith('{') || !text.endsWith('}')) return text;
  const entry = jsonObjectOf(text);
  const message = entry?.['msg'] ?? entry?.['message'];
  if (!entry || typeof message !== 'string') return text;
  const level = entry['level'] ?? entry['severity'];
  const rest = Object.entries(entry)
    .filter(
      ([key]) => !/^(?:msg|message|level|severity|time|ts|@?timestamp|v|pid|hostname)$/.test(key),
    )
    .map(([key, value]) => `${key} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const head = level === undefined ? message : `${levelWord(level)} ${message}`;
  const words = [head, ...rest].join(' · ');
  return words.length <= shortJson ? words : text;
}

/** pino and bunyan write numbers. */
function levelWord(level: unknown): string {
  const known = { 10: 'trace', 20: 'debug', 30: 'info', 40: 'warn', 50: 'error', 60: 'fatal' };
  return known[level as keyof typeof known] ?? String(level);
}
