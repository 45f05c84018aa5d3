import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import { type Json, jsonObjectOf } from '../model/json.ts';
import { textOf } from '../model/read-facts.ts';
import type { CallOptions } from '../transports/contract.ts';
import type { LogGround, LogReader, RawLine } from './log-reader.ts';

const mostBytes = 4 * 1024 * 1024;
const tooMuch = `${mostBytes / 1024 / 1024} MiB are read at once`;

/** Of one question; `isCut` when there was more than is read at once. */
interface Entries {
  readonly entries: readonly (RawLine & { readonly cursor: string | null })[];
  readonly isCut: boolean;
}

/** What a unit has said and what systemd said of it, by journalctl(1); its cursor is where it goes on. */
export function journalReader(
  { unit, user }: { readonly unit: string; readonly user: boolean },
  { transports, host }: LogGround,
): LogReader {
  let cursor: string | null = null;
  /** Where there is no entry yet to go on from: what comes is asked for as the first ones were. */
  let since: readonly string[] = [];
  const ask = async (more: readonly string[], options: CallOptions): Promise<Entries> => {
    const which = user ? `--user-unit=${unit}` : `--unit=${unit}`;
    const argv = ['journalctl', '-q', '--no-pager', '-o', 'json', '--all', which, ...more] as const;
    const { exitCode, stdout, stderr, truncated } = await transports.exec(
      { on: host, argv, maxBytes: mostBytes, headOnly: true },
      options,
    );
    const words = stderr.trim().split('\n').at(-1) ?? '';
    if (exitCode !== 0 && !truncated) throw new FaultError(refusal(words, exitCode));
    // A last entry that was cut off is none.
    return { entries: stdout.split('\n').flatMap(entryOf), isCut: truncated };
  };
  return {
    from: 'journal',
    first: async ({ lines, sinceMs }, options) => {
      since = sinceMs === null ? [] : [`--since=@${Math.floor(sinceMs / 1000)}`];
      // The newest first, so that the oldest are what has no room.
      const { entries, isCut } = await ask(['-r', '-n', String(lines), ...since], options);
      cursor = entries[0]?.cursor ?? cursor;
      const notes = isCut ? [`only its last ${entries.length} lines: ${tooMuch}`] : [];
      return { lines: entries.toReversed(), notes };
    },
    next: async (options) => {
      // In their order, as many as have room: the next question goes on behind the last of them.
      const from = cursor === null ? since : [`--after-cursor=${cursor}`];
      const { entries } = await ask(from, options);
      cursor = entries.at(-1)?.cursor ?? cursor;
      return { lines: entries, notes: [] };
    },
  };
}

/** systemd.journal-fields(7): a message that is no text is told as its bytes. */
function entryOf(line: string): Entries['entries'] {
  const entry = jsonObjectOf(line);
  if (entry === null) return [];
  const micros = Number(entry['__REALTIME_TIMESTAMP']);
  return [
    {
      atMs: Number.isFinite(micros) ? Math.floor(micros / 1000) : null,
      text: messageOf(entry['MESSAGE'] ?? null),
      cursor: textOf(entry['__CURSOR']),
    },
  ];
}

function messageOf(message: Json): string {
  if (typeof message === 'string') return message;
  if (!Array.isArray(message)) return '';
  const bytes = message.map(Number).filter((byte) => byte >= 0 && byte < 256);
  return new TextDecoder().decode(Uint8Array.from(bytes));
}

function refusal(words: string, exitCode: number | null) {
  const denied = /permission|not seeing messages|insufficient/i.test(words);
  const hint = denied ? 'a user reads it in group adm or systemd-journal' : 'run journalctl there';
  const message = `journalctl: ${words || `exit ${exitCode}`}`;
  return faultOf(denied ? 'forbidden' : 'tool-missing', message, { side: 'prober', hint });
}
