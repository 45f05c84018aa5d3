import { hideInLog } from '../../model/hide-secrets.ts';
import type { ObserveContext } from '../contract.ts';
import { orNull } from './or-null.ts';

/** A line that a unit has said, and where that stands: a path, or `journal`. */
export interface LastWords {
  readonly text: string;
  readonly from: string;
}

/** What decides whether its words are asked for, and where they may stand. */
export interface Speaker {
  readonly isUnwell: boolean;
  /** Its restarts so far, where they are counted. */
  readonly starts: number | null;
  readonly logs: readonly Log[];
}

/** A log, and how its end is read. */
export interface Log {
  readonly from: string;
  end(context: ObserveContext): Promise<string>;
}

/** Words are worth no waiting. */
const patienceMs = 2000;
const longest = 300;

/**
 * What a unit in trouble has said last: asked while it is unwell and after each restart, kept until it
 * is well again. Null for one that is well, or says nothing that can be read.
 */
export async function lastWords(
  { isUnwell, starts, logs }: Speaker,
  context: ObserveContext,
): Promise<LastWords | null> {
  const { service, previous } = context;
  if (service === null) return null;
  const before = previous?.facts ?? {};
  const hasRestarted = typeof before['starts'] === 'number' && before['starts'] !== starts;
  if (!isUnwell && !hasRestarted) {
    // Our own facts of the last sample, made plain since.
    const known = (before['lastWords'] ?? null) as LastWords | null;
    return previous?.state === 'up' ? null : known;
  }
  for (const log of logs) {
    const text = await endOf(log, context);
    if (text !== null) return { text, from: log.from };
  }
  return null;
}

async function endOf(log: Log, context: ObserveContext): Promise<string | null> {
  const { options } = context;
  const timeoutMs = Math.min(options.timeoutMs, patienceMs);
  const text = await orNull(log.end({ ...context, options: { ...options, timeoutMs } }), context);
  return text === null ? null : tellingLine(text);
}

/** Where a stack was and what came after a crash tells less than the line that names it. */
const tellers: readonly (readonly RegExp[])[] = [
  [/^\s*(?:\S+\s+)?(?:[\w.]*(?:Error|Exception)|error|fatal|panic)\b/i],
  // A number of errno(3) is in capitals: `event` is none.
  [/\b(?:error|fatal|panic|failed|cannot|denied|refused|not found)\b/i, /\bE[A-Z]{4,}\b/],
  [/\S/],
];

/** The last line that says what is wrong, else the last that says anything; null of none. */
export function tellingLine(text: string): string | null {
  const lines = text.split('\n').filter((line) => !/^\s+at /.test(line));
  for (const teller of tellers) {
    const line = lines.findLast((one) => teller.some((words) => words.test(one)));
    if (line !== undefined) return hideInLog(line.trim()).slice(0, longest);
  }
  return null;
}

/** The end of a file, by tail(1) of any system. */
export function fileLog(path: string): Log {
  return { from: path, end: printed(['tail', '-c', '4096', path]) };
}

/** The end of what a unit itself has said, by journalctl(1): not what systemd says of it. */
export function journalLog(unit: string, user: boolean): Log {
  const whose = user ? ['--user', `_SYSTEMD_USER_UNIT=${unit}`] : [`_SYSTEMD_UNIT=${unit}`];
  return {
    from: 'journal',
    end: printed(['journalctl', '-q', '--no-pager', '-o', 'cat', '-n', '40', ...whose]),
  };
}

function printed(argv: readonly [string, ...string[]]): Log['end'] {
  return async ({ host, transports, options }) =>
    (await transports.exec({ on: host, argv }, options)).stdout;
}
