import { FaultError } from '../model/errors.ts';
import { faultOf } from '../model/fault.ts';
import { isJsonObject, type Json } from '../model/json.ts';
import { textOf } from '../model/read-facts.ts';
import type { CallOptions } from '../transports/contract.ts';
import type { LogGround, LogReader, News, RawLine } from './log-reader.ts';

const mostBytes = 4 * 1024 * 1024;
/** Of what came since the last question. */
const mostNews = 5000;

/** What a unit has said and what systemd said of it, by journalctl(1); its cursor is where it goes on. */
export function journalReader(
  { unit, user }: { readonly unit: string; readonly user: boolean },
  { transports, host }: LogGround,
): LogReader {
  let cursor: string | null = null;
  const ask = async (more: readonly string[], options: CallOptions): Promise<News> => {
    const which = user ? `--user-unit=${unit}` : `--unit=${unit}`;
    const argv = ['journalctl', '-q', '--no-pager', '-o', 'json', '--all', which, ...more] as const;
    const { exitCode, stdout, stderr } = await transports.exec(
      { on: host, argv, maxBytes: mostBytes },
      options,
    );
    const words = stderr.trim().split('\n').at(-1) ?? '';
    if (exitCode !== 0) throw new FaultError(refusal(words, exitCode));
    const entries = stdout.split('\n').flatMap((line) => entryOf(line) ?? []);
    cursor = entries.at(-1)?.cursor ?? cursor;
    return { lines: entries, notes: [] };
  };
  return {
    from: 'journal',
    first: ({ lines, sinceMs }, options) => {
      const since = sinceMs === null ? [] : [`--since=@${Math.floor(sinceMs / 1000)}`];
      return ask(['-n', String(lines), ...since], options);
    },
    next: (options) =>
      ask(
        [
          '-n',
          String(mostNews),
          ...(cursor === null ? ['--since=now'] : [`--after-cursor=${cursor}`]),
        ],
        options,
      ),
  };
}

/** systemd.journal-fields(7): a message that is no text is told as its bytes. */
function entryOf(line: string): (RawLine & { readonly cursor: string | null }) | null {
  if (line === '') return null;
  try {
    const entry: Json = JSON.parse(line);
    if (!isJsonObject(entry)) return null;
    const micros = Number(entry['__REALTIME_TIMESTAMP']);
    return {
      atMs: Number.isFinite(micros) ? Math.floor(micros / 1000) : null,
      text: messageOf(entry['MESSAGE'] ?? null),
      cursor: textOf(entry['__CURSOR']),
    };
  } catch {
    return null;
  }
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
