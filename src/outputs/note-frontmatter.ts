import { noteValue } from './note-words.ts';

/** What it holds: a text, a number, a flat list; null is not told. */
type Property = string | number | readonly string[] | null;

export interface Properties {
  /** Written once, and a person's from then on. */
  readonly first: Readonly<Record<string, Property>>;
  /** Ours: told anew where they have changed, left alone where nothing is known. */
  readonly ours: Readonly<Record<string, Property>>;
}

/**
 * The lines of a frontmatter, without its rules: keys of a person stay as and where they are, with
 * their comments; ours stand in their place, new ones at the end.
 */
export function mergedLines(
  lines: readonly string[],
  { first, ours }: Properties,
): readonly string[] {
  const blocks = blocksOf(lines);
  const there = new Set(blocks.map(({ key }) => key));
  const kept = blocks.flatMap(({ key, lines: said }) => {
    const value = key === null || !Object.hasOwn(ours, key) ? null : (ours[key] ?? null);
    return key === null || value === null ? said : told(key, value, said);
  });
  const added = Object.entries({ ...first, ...ours }).flatMap(([key, value]) =>
    there.has(key) || value === null ? [] : [lineOf(key, value)],
  );
  return [...kept, ...added];
}

/** What a key of the frontmatter says, as it is written; null where it is not there. */
export function writtenValue(lines: readonly string[], key: string): string | null {
  const block = blocksOf(lines).find((one) => one.key === key);
  const [, value = ''] = /^[^:]+:\s*(.*?)\s*$/.exec(block?.lines[0] ?? '') ?? [];
  return block === undefined ? null : value.replace(/^"(.*)"$/, '$1');
}

interface Block {
  /** Null of lines before any key: comments, blanks. */
  readonly key: string | null;
  readonly lines: readonly string[];
}

const keyLine = /^(?:"([^"]+)"|'([^']+)'|([A-Za-z_][\w -]*?))\s*:(?:\s|$)/;

/** A key with its lines: those that are indented, and the items of a list. Others stand for themselves. */
function blocksOf(lines: readonly string[]): readonly Block[] {
  const blocks: { key: string | null; lines: string[] }[] = [];
  for (const line of lines) {
    const [, double, single, plain] = keyLine.exec(line) ?? [];
    const key = double ?? single ?? plain ?? null;
    const last = blocks.at(-1);
    const goesOn = key === null && last?.key != null && /^(?:\s+\S|-(?:\s|$))/.test(line);
    if (goesOn) last.lines.push(line);
    else blocks.push({ key, lines: [line] });
  }
  return blocks;
}

function lineOf(key: string, value: Property): string {
  if (typeof value === 'string' || typeof value === 'number') return `${key}: ${noteValue(value)}`;
  return `${key}: [${(value ?? []).map(noteValue).join(', ')}]`;
}

/** The comment of a person behind a value stays. */
function told(key: string, value: Property, said: readonly string[]): readonly string[] {
  const [first = ''] = said;
  const [, comment = ''] = /^[^"'#]*(?:"[^"]*"|'[^']*')?[^"'#]*?(\s+#.*)$/.exec(first) ?? [];
  const line = `${lineOf(key, value)}${comment}`;
  return first.trimEnd() === line.trimEnd() && said.length === 1 ? said : [line];
}
