import type { SshAlias } from './found.ts';

/** What a text of ssh_config(5) names: hosts without patterns, and the files that it includes. */
export interface ParsedSshConfig {
  readonly aliases: readonly SshAlias[];
  readonly includes: readonly string[];
}

interface Block {
  readonly names: readonly string[];
  readonly values: Map<string, string>;
}

/** Walks the text and runs nothing: what stands under `Match` is passed over, whatever it matches. */
export function parseSshConfig(text: string, file: string): ParsedSshConfig {
  const blocks: Block[] = [];
  const includes: string[] = [];
  let block: Block | null = null;
  for (const line of text.split(/\r?\n/)) {
    const [key = '', ...words] = wordsOf(line);
    const keyword = key.toLowerCase();
    if (keyword === 'host') {
      block = { names: words, values: new Map() };
      blocks.push(block);
    } else if (keyword === 'match') block = null;
    else if (keyword === 'include') includes.push(...words);
    else if (block && !block.values.has(keyword)) block.values.set(keyword, words[0] ?? '');
  }
  return { aliases: blocks.flatMap((one) => aliasOf(one, file)), includes };
}

/** A keyword and its arguments, which may be quoted; `Key=value` and `Key = value` are the same. */
function wordsOf(line: string): readonly string[] {
  const plain = line.trim();
  if (plain === '' || plain.startsWith('#')) return [];
  const [, key = '', rest = ''] = /^([^\s=]+)\s*=?\s*(.*)$/.exec(plain) ?? [];
  const words = [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? '',
  );
  const comment = words.findIndex((word) => word.startsWith('#'));
  return [key, ...(comment < 0 ? words : words.slice(0, comment))];
}

function aliasOf({ names, values }: Block, file: string): readonly SshAlias[] {
  const [alias, ...also] = names.filter((name) => name !== '' && !/[*?!]/.test(name));
  // A name that begins so would be read as an option.
  if (alias === undefined || alias.startsWith('-')) return [];
  const port = Number(values.get('port') ?? Number.NaN);
  const plain = (key: string): string | null => {
    const value = values.get(key) ?? '';
    return value === '' || value.includes('%') ? null : value;
  };
  return [
    {
      alias,
      also,
      hostname: plain('hostname'),
      user: plain('user'),
      port: Number.isInteger(port) && port >= 1 && port <= 65_535 ? port : null,
      file,
    },
  ];
}
