import type { LogReader, News, RawLine, Wanted } from '../../actions/log-reader.ts';
import { createKeyHider, hideInLog } from '../../model/hide-secrets.ts';
import type { LogLine } from '../../model/log-line.ts';
import { masker, plainText } from '../../model/plain-text.ts';

/** A log of a service, and how its lines become fit to be shown. */
export interface OpenLog {
  readonly service: string;
  readonly from: string;
  /** What no new question brings back once it is gone: a pod. */
  readonly endsWhenGone: boolean;
  /** A file of this machine: a question costs no program and no exchange. */
  readonly isNear: boolean;
  /**
   * At first the lines that are wanted, then what has come since. One that fails is asked again for the
   * same. Rejects with a FaultError.
   */
  read(): Promise<ShownNews>;
}

interface ShownNews {
  readonly lines: readonly LogLine[];
  readonly notes: readonly string[];
}

export interface OpenLogGround {
  readonly service: string;
  readonly endsWhenGone: boolean;
  readonly isNear: boolean;
  /** How far its machine's clock is ahead of ours. */
  readonly aheadMs: number;
  readonly wanted: Wanted;
  readonly secrets: readonly string[];
  readonly signal: AbortSignal;
}

/** A line that is longer is cut, and says how long it was. */
const longest = 8 * 1024;
const patienceMs = 10_000;
const untimed = 'its lines tell no time: none was left out for being too old';

/** Opens what a reader reads; asks nothing yet. */
export function openLog(reader: LogReader, ground: OpenLogGround): OpenLog {
  const { service, endsWhenGone, isNear, aheadMs, wanted, signal } = ground;
  const { from } = reader;
  const mask = masker(ground.secrets);
  const hideKey = createKeyHider();
  const options = { timeoutMs: patienceMs, signal };
  let hasBegun = false;
  const shown = ({ lines, notes }: News): ShownNews => ({
    notes,
    lines: lines.map(({ atMs, text }) => ({
      service,
      from,
      atMs: atMs === null ? null : atMs - aheadMs,
      text: hideInLog(hideKey(shownText(text, mask))),
    })),
  });
  const first = async (): Promise<News> => {
    // Of none the place to go on from would not be known.
    const asked = { ...wanted, lines: Math.max(1, wanted.lines) };
    const sinceMs = wanted.sinceMs === null ? null : wanted.sinceMs + aheadMs;
    const news = await reader.first({ ...asked, sinceMs }, options);
    hasBegun = true;
    return wanted.lines === 0 ? { ...news, lines: [] } : since(news, sinceMs);
  };
  return {
    ...{ service, from, endsWhenGone, isNear },
    read: async () => shown(await (hasBegun ? reader.next(options) : first())),
  };
}

/** Lines of that time and later. One without a time is as old as the one before it. */
function since({ lines, notes }: News, sinceMs: number | null): News {
  if (sinceMs === null || lines.length === 0) return { lines, notes };
  if (lines.every(({ atMs }) => atMs === null)) return { lines, notes: [...notes, untimed] };
  let isWithin = false;
  const within = ({ atMs }: RawLine): boolean => {
    if (atMs !== null) isWithin = atMs >= sinceMs;
    return isWithin;
  };
  return { lines: lines.filter(within), notes };
}

/** Without control sequences and secrets, and never longer than a screen can bear. */
function shownText(text: string, mask: ReturnType<typeof masker>): string {
  // What is indented belongs to the line before it.
  const isIndented = text.startsWith(' ') || text.startsWith('\t');
  const indent = isIndented ? indentOf(text) : '';
  const whole = `${indent}${mask(plainText(mask(text), longest))}`;
  return text.length > longest ? `${whole} … (${text.length} characters)` : whole;
}

function indentOf(text: string): string {
  return /^[ \t]{1,12}/.exec(text)?.[0].replaceAll('\t', '  ') ?? '';
}
