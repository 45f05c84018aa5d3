/**
 * A value of a plist's outermost dict: `text` is a leaf's own, `entries` counts all that a container
 * holds, `children` are what stands in it itself, keys among them.
 */
export interface PlistValue {
  readonly type: string;
  readonly text: string;
  readonly entries: number;
  readonly children: readonly { readonly type: string; readonly text: string }[];
}

/** By name. */
export type PlistKeys = ReadonlyMap<string, PlistValue>;

const elements = new Set(
  'plist dict array key string integer real date data true false'.split(' '),
);
const prologue = /^\uFEFF?\s*(?:<\?xml[^<>]*\?>)?(?:\s|<!--[\s\S]*?-->|<!DOCTYPE[^<>[\]]*>)*/;
const token =
  /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([a-z]+)(?:\s[^<>]*?)?(\/?)>|([^<]+)/y;

/**
 * The keys of an XML plist's outermost dict. Null for anything else: binary, cut off, or not a plist.
 * Our own, as the `plist` package writes to the terminal about files that it cannot read.
 */
export function plistKeys(text: string): PlistKeys | null {
  const reading = {
    open: [] as string[],
    values: new Map<string, PlistValue>(),
    key: '',
    text: '',
    children: [] as { type: string; text: string }[],
  };
  let entries = 0;
  token.lastIndex = prologue.exec(text)?.[0].length ?? 0;
  let roots = 0;
  while (token.lastIndex < text.length) {
    const found = token.exec(text);
    if (!found) return null;
    const [, cdata, closing, name, empty, plain] = found;
    reading.text += cdata ?? plain ?? '';
    if (name === undefined) continue;
    if (!elements.has(name)) return null;
    if (closing !== '/') {
      if (reading.open.length === 0) roots++;
      reading.open.push(name);
      entries = reading.open.length === 3 ? 0 : entries + 1;
      reading.text = '';
      if (reading.open.length === 3) reading.children = [];
    }
    if (closing === '/' || empty === '/') {
      if (reading.open.pop() !== name) return null;
      if (!close(reading, { name, entries })) return null;
    }
  }
  return roots === 1 && reading.open.length === 0 && reading.key === '' ? reading.values : null;
}

interface Reading {
  readonly open: readonly string[];
  readonly values: Map<string, PlistValue>;
  /** The outermost key whose value is still to come. */
  key: string;
  text: string;
  children: { type: string; text: string }[];
}

/** Takes the element that has just ended; false when a key has no value, or a value no key. */
function close(
  reading: Reading,
  { name: type, entries }: { readonly name: string; readonly entries: number },
): boolean {
  const { open, values, key, text, children } = reading;
  if (open.length === 3) children.push({ type, text });
  if (open.length === 1) return open[0] === 'plist' && type === 'dict' && key === '';
  if (open.length !== 2) return true;
  if ((type === 'key') !== (key === '')) return false;
  if (type === 'key') {
    reading.key = text;
    return text !== '';
  }
  values.set(key, { type, text, entries, children });
  reading.key = '';
  return true;
}
