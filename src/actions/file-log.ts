import { timeInLine } from '../model/log-line.ts';
import type { FilePlace, FileTail } from '../transports/contract.ts';
import type { LogGround, LogReader, News, RawLine } from './log-reader.ts';

const usualBytes = 512;
const leastBytes = 64 * 1024;
const mostBytes = 4 * 1024 * 1024;
/** Of what came since the last question. */
const newsBytes = 1024 * 1024;

/** A file on a host: rotated and cut ones are told, and read from their beginning. */
export function fileReader(path: string, { transports, host }: LogGround): LogReader {
  let place: FilePlace | null = null;
  /** The beginning of a line that has not ended yet: told as it is when nothing more comes of it. */
  let rest = '';
  /** What was told last had no end yet: its end alone is no line. */
  let isOpen = false;
  const on = host;
  const take = (tail: FileTail, isFirst: boolean): News => {
    ({ place } = tail);
    const ended = tail.wasReplaced && rest !== '' ? [rest] : [];
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
        ...(tail.wasReplaced ? ['another file, or cut: read from its beginning'] : []),
        ...(skipped > 0 ? [`${skipped} bytes were not shown: more came than can be`] : []),
      ],
    };
  };
  return {
    from: path,
    first: async ({ lines, sinceMs }, options) => {
      const least = sinceMs === null ? lines * usualBytes : mostBytes;
      let maxBytes = Math.min(mostBytes, Math.max(leastBytes, least));
      for (;;) {
        const tail = await transports.tailFile({ on, path, after: null, maxBytes }, options);
        const isEnough = tail.text.split('\n').length > lines + 1 && sinceMs === null;
        if (isEnough || tail.skippedBytes === 0 || maxBytes === mostBytes) return take(tail, true);
        maxBytes = Math.min(mostBytes, maxBytes * 4);
      }
    },
    next: async (options) =>
      take(
        await transports.tailFile({ on, path, after: place, maxBytes: newsBytes }, options),
        place === null,
      ),
  };
}

function rawLine(text: string): RawLine {
  return { atMs: timeInLine(text), text: text.replace(/\r$/, '') };
}
