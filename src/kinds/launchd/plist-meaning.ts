const outside = /^\uFEFF?\s*(?:<\?xml[^<>]*\?>)?(?:\s|<!--[\s\S]*?-->|<!DOCTYPE[^<>[\]]*>)*/;
const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([a-z]+)(?:\s[^<>]*?)?(\/?)>|([^<]+)/y;
const entity = /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(lt|gt|amp|quot|apos));/gi;
const named: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
};
const containers = new Set(['plist', 'dict', 'array']);

interface Open {
  readonly name: string;
  text: string;
  /** What stands in it has said, in order. */
  readonly said: string[];
}

/**
 * What an XML plist says, whatever its form: equal for two that differ in blanks, remarks, spelling and
 * the order of their keys alone. Null for what is none. It holds all values: it is compared, never shown.
 */
export function plistMeaning(text: string): string | null {
  const root: Open = { name: '', text: '', said: [] };
  const open: Open[] = [root];
  token.lastIndex = outside.exec(text)?.[0].length ?? 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    const top = open.at(-1);
    if (!found || !top) return null;
    const [, cdata, closing, name, empty, plain] = found;
    top.text += cdata ?? (plain === undefined ? '' : decoded(plain));
    if (name === undefined) continue;
    if (closing !== '/') open.push({ name, text: '', said: [] });
    if (closing !== '/' && empty !== '/') continue;
    const ended = open.pop();
    const said = ended?.name === name ? meaningOf(ended) : null;
    if (said === null) return null;
    open.at(-1)?.said.push(said);
  }
  return open.length === 1 && root.said.length === 1 ? (root.said[0] ?? null) : null;
}

function meaningOf({ name, text, said }: Open): string | null {
  if (!containers.has(name))
    return said.length === 0 ? `${name} ${JSON.stringify(leaf(name, text))}` : null;
  if (text.trim() !== '') return null;
  if (name !== 'dict') return `${name} [${said.join(', ')}]`;
  if (said.length % 2 !== 0) return null;
  const pairs = said.flatMap((one, index) => (index % 2 === 0 ? `${one}: ${said[index + 1]}` : []));
  return `dict {${pairs.toSorted().join(', ')}}`;
}

/** Blanks count in a string alone. */
function leaf(name: string, text: string): string {
  if (name === 'data') return text.replaceAll(/\s/g, '');
  return name === 'string' || name === 'key' ? text : text.trim();
}

function decoded(text: string): string {
  return text.replace(entity, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return named[name] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
