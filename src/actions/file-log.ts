import { timeInLine } from '../model/log-line.ts';
import type { CallOptions } from '../transports/contract.ts';
import type { FilePlace, FileTail } from '../transports/contract-files.ts';
import type { LogGround, LogReader, News, RawLine } from './log-reader.ts';
import { textBeforeRotation } from './rotated-file.ts';

const usualBytes = 512;
const leastBytes = 64 * 1024;
const mostBytes = 4 * 1024 * 1024;
/** Of what came since the last question. */
const newsBytes = 1024 * 1024;

/** A file on a host: rotated and cut ones are told, and read from their beginning. */
export function fileReader(path: string, ground: LogGround): LogReader {
  const { transports, host } = ground;
  let place: FilePlace | null = null;
  /** The beginning of a line that has not ended yet: told as it is when nothing more comes of it. */
  let rest = '';
  /** What was told last had no end yet: its end alone is no line. */
  let isOpen = false;
  const on = host;
  const take = (tail: FileTail, isFirst: boolean, before: Before = none): News => {
    ({ place } = tail);
    const ended = linesOf(tail.wasReplaced ? `${rest}${before.text}` : '');
    const lines = `${tail.wasReplaced ? '' : rest}${tail.text}`.split('\n');
    rest = lines.pop() ?? '';
    // Of a piece from the middle the first line is none.
    if (tail.skippedBytes > 0 || (isOpen && lines[0] === '')) lines.shift();
    if (tail.text !== '') isOpen = false;
    if (rest !== '' && (isFirst || tail.text === '')) {
      lines.push(rest);
      [rest, isOpen] = ['', true];
    }
    const skipped = isFirst ? 0 : tail.skippedBytes;
    return {
      lines: [...ended, ...lines].map(rawLine),
      notes: [
        ...(tail.wasReplaced ? [before.note] : []),
        ...(skipped > 0 ? [`${skipped} bytes were not shown: more came than can be`] : []),
      ],
    };
  };
  /** What came in the file of before, where this is another one. */
  const beforeOf = async (
    tail: FileTail,
    known: FilePlace | null,
    options: CallOptions,
  ): Promise<Before> => {
    if (!tail.wasReplaced || known === null) return none;
    if (tail.place.id === known.id) return cut;
    const wanted = { path, place: known, maxBytes: newsBytes };
    const text = await textBeforeRotation(wanted, ground, options);
    return text === null ? lost : { text, note: 'another file: read from its beginning' };
  };
  return {
    from: path,
    first: async ({ lines, sinceMs }, options) => {
      const least = sinceMs === null ? lines * usualBytes : mostBytes;
      let maxBytes = Math.min(mostBytes, Math.max(leastBytes, least));
      for (;;) {
        const tail = await transports.tailFile({ on, path, after: null, maxBytes }, options);
        const isEnough = tail.text.split('\n').length > lines + 1 && sinceMs === null;
        if (isEnough || tail.skippedBytes === 0) return take(tail, true);
        if (maxBytes === mostBytes) return withoutOlder(take(tail, true), sinceMs);
        maxBytes = Math.min(mostBytes, maxBytes * 4);
      }
    },
    next: async (options) => {
      const known = place;
      const request = { on, path, after: known, maxBytes: newsBytes };
      const tail = await transports.tailFile(request, options);
      return take(tail, known === null, await beforeOf(tail, known, options));
    },
  };
}

/** Nothing is missing where the lines reach back to before what is wanted. */
function withoutOlder(news: News, sinceMs: number | null): News {
  const first = news.lines.find(({ atMs }) => atMs !== null)?.atMs ?? null;
  if (sinceMs !== null && first !== null && first < sinceMs) return news;
  const words = `only its last ${news.lines.length} lines: ${mostBytes / 1024 / 1024} MiB are read at once`;
  return { ...news, notes: [...news.notes, words] };
}

/** What stood in the file of before, and what is told of the change. */
interface Before {
  readonly text: string;
  readonly note: string;
}

const none: Before = { text: '', note: '' };
const cut: Before = {
  text: '',
  note: 'it was cut: read from its beginning; what was written just before that may be missing',
};
const lost: Before = {
  text: '',
  note: 'another file: read from its beginning; what was written to the one before may be missing',
};

/** Whole lines, the last one too. */
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function rawLine(text: string): RawLine {
  return { atMs: timeInLine(text), text: text.endsWith('\r') ? text.slice(0, -1) : text };
}
