/** The outermost fields of a `launchctl print`, and what stands in its blocks. */
export interface PrintedFields {
  readonly fields: ReadonlyMap<string, string>;
  readonly blocks: ReadonlyMap<string, readonly string[]>;
  /** It has a first line and came to its last. */
  readonly isWhole: boolean;
}

/** The fields that are read; a block that was never closed ends where one of them stands. */
const known: ReadonlySet<string> = new Set([
  'path',
  'state',
  'program',
  'stdout path',
  'stderr path',
  'minimum runtime',
  'runs',
  'pid',
  'immediate reason',
  'pended nondemand spawn',
  'last exit code',
  'last terminating signal',
  'last exit reason',
  'run interval',
  'job state',
  'properties',
]);

/** What is kept of blocks; arguments and environments hold secrets. */
const keptBlocks: ReadonlySet<string> = new Set(['semaphores', 'event triggers']);

/**
 * Reads lines of exactly one indent (a tab; 4 or 8 blanks in what people paste) that stand in no
 * block: deeper ones have `state` and `pid` of their own, and arguments and environments print their
 * line breaks raw. "NOT API in any sense at all" (launchctl(1)), so nothing is taken for granted: a
 * field that is told twice, differently, is not told.
 */
export function readFields(text: string): PrintedFields {
  const lines = text.trimEnd().split(/\r?\n/);
  const indent = indentOf(lines);
  const isWhole = lines.some((line) => /^\S.* = \{$/.test(line)) && lines.at(-1) === '}';
  const fields = new Map<string, string | null>();
  const blocks = new Map<string, readonly string[]>();
  for (let at = 0; at < lines.length; ) {
    const field = fieldOf(lines[at] ?? '', indent);
    at++;
    if (field === null) continue;
    if (field.value === '{') {
      const end = endOfBlock(lines, { at, indent });
      if (keptBlocks.has(field.key)) blocks.set(field.key, lines.slice(at, end));
      at = end;
    } else if (known.has(field.key)) {
      const before = fields.get(field.key);
      const contradicts = before !== undefined && before !== field.value;
      fields.set(field.key, contradicts ? null : field.value);
    }
  }
  const told = [...fields].filter((one): one is [string, string] => one[1] !== null);
  return { fields: new Map(told), blocks, isWhole };
}

/** What stands before its outermost fields; none where no line is indented. */
export function indentOf(lines: readonly string[]): string {
  const first = lines.find((line) => /^[ \t]+\S/.test(line)) ?? '';
  return /^[ \t]+(?=\S)/.exec(first)?.[0] ?? '';
}

interface Field {
  readonly key: string;
  readonly value: string;
}

function fieldOf(line: string, indent: string): Field | null {
  if (!line.startsWith(indent) || /^\s/.test(line.slice(indent.length))) return null;
  const cut = line.indexOf(' =', indent.length);
  if (cut < 0) return null;
  return { key: line.slice(indent.length, cut), value: line.slice(cut + 2).trim() };
}

/**
 * The line after the block that was opened. One that is not closed before the next block opens ends
 * where a field that is known, or that block, stands.
 */
function endOfBlock(
  lines: readonly string[],
  { at, indent }: { readonly at: number; readonly indent: string },
): number {
  let resync: number | null = null;
  for (let line = at; line < lines.length; line++) {
    if (lines[line] === `${indent}}`) return line + 1;
    const field = fieldOf(lines[line] ?? '', indent);
    if (field !== null && (known.has(field.key) || field.value === '{')) resync ??= line;
    if (field?.value === '{') break;
  }
  return resync ?? lines.length;
}
