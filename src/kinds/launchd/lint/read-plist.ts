import { DOMParser, type Element, type Node, ParseError } from '@xmldom/xmldom';
import { plainText } from '../../../model/plain-text.ts';
import { faultAt, type TextFault, type TextPlace, wholeText } from '../../../model/text-fault.ts';

/** A value of a plist with its place. `text` is a leaf's own; the others are empty where it has none. */
export interface PlistNode {
  readonly type: string;
  readonly text: string;
  readonly place: TextPlace;
  readonly entries: readonly PlistEntry[];
  readonly items: readonly PlistNode[];
}

/** A key of a dict and its value. */
interface PlistEntry {
  readonly key: string;
  readonly place: TextPlace;
  readonly value: PlistNode;
}

interface ReadPlist {
  /** Null where it is no XML plist with a dict. */
  readonly dict: PlistNode | null;
  readonly faults: readonly TextFault[];
}

const xmlHint = 'plutil -convert xml1 writes one as XML';

/** An XML plist with the places of its values. */
export function readPlist(text: string): ReadPlist {
  const refused = (message: string, hint: string): ReadPlist => ({
    dict: null,
    faults: [faultAt(wholeText, message, hint)],
  });
  if (text.startsWith('bplist')) return refused('is a binary plist', xmlHint);
  if (/^\s*[{(]/.test(text)) return refused('is a plist of another form than XML', xmlHint);
  if (text.includes('\0')) return refused('is not a text', xmlHint);
  const bom = text.startsWith('\uFEFF');
  const { root, faults } = parse(bom ? text.slice(1) : text);
  if (!root) return { dict: null, faults };
  if (root.tagName !== 'plist') return refused('is no plist', '<plist version="1.0">');
  const reading: TextFault[] = [];
  const [value, ...more] = elementsOf(root).map((one) => nodeOf(one, '', reading));
  if (!value || more.length > 0 || value.type !== 'dict')
    return refused('holds no one dict', '<dict> around all keys');
  return { dict: value, faults: [...faults, ...reading] };
}

function parse(text: string): { root: Element | null; faults: readonly TextFault[] } {
  const faults: TextFault[] = [];
  const told = (message: string, at?: { lineNumber?: number; columnNumber?: number }): void => {
    const line = at?.lineNumber || 1;
    const column = at?.columnNumber || 1;
    const hint = 'xmllint or plutil -lint shows where';
    faults.push(faultAt({ line, column, path: '' }, plainText(message), hint));
  };
  const onError = (level: string, message: string, context: { locator?: object }): void => {
    if (level !== 'fatalError') told(message, context.locator);
  };
  try {
    const parser = new DOMParser({ locator: true, onError });
    return { root: parser.parseFromString(text, 'application/xml').documentElement, faults };
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    told(error.message, error.locator);
    return { root: null, faults };
  }
}

const leaves = new Set(['string', 'integer', 'real', 'date', 'data', 'true', 'false']);

/** A job's file has five levels at most. */
const deepest = 50;

function nodeOf(element: Element, path: string, faults: TextFault[]): PlistNode {
  const { tagName: type } = element;
  const node = { type, text: '', place: placeOf(element, path), entries: [], items: [] };
  if (path.split(/[.[]/).length > deepest) {
    faults.push(faultAt(node.place, 'is nested too deeply', 'is this the right file?'));
    return node;
  }
  if (type === 'dict') return { ...node, entries: entriesOf(element, path, faults) };
  if (type === 'array') {
    const items = elementsOf(element).map((one, index) => nodeOf(one, `${path}[${index}]`, faults));
    return { ...node, items };
  }
  if (!leaves.has(type)) {
    faults.push(faultAt(node.place, `<${plainText(type)}> is no value`, [...leaves].join(', ')));
  }
  return { ...node, text: element.textContent ?? '' };
}

function entriesOf(dict: Element, path: string, faults: TextFault[]): readonly PlistEntry[] {
  const entries: PlistEntry[] = [];
  let open: { key: string; place: TextPlace } | null = null;
  const lacking = (): void => {
    if (open) faults.push(faultAt(open.place, 'has no value', 'a value after its <key>'));
  };
  for (const element of elementsOf(dict)) {
    if (element.tagName === 'key') {
      lacking();
      const key = element.textContent ?? '';
      open = { key, place: placeOf(element, path === '' ? key : `${path}.${key}`) };
      if (entries.some((one) => one.key === key))
        faults.push(faultAt(open.place, 'is there twice', 'remove one of them'));
    } else if (open) {
      entries.push({ ...open, value: nodeOf(element, open.place.path, faults) });
      open = null;
    } else {
      faults.push(faultAt(placeOf(element, path), 'has no key', 'a <key> before it'));
    }
  }
  lacking();
  return entries;
}

/** The value of a key of a dict; undefined where it is not there. */
export function plistValue(dict: PlistNode, key: string): PlistNode | undefined {
  return dict.entries.find((one) => one.key === key)?.value;
}

function elementsOf(parent: Element): readonly Element[] {
  return [...parent.childNodes].filter((node): node is Element => node.nodeType === 1);
}

function placeOf(node: Node, path: string): TextPlace {
  return { line: node.lineNumber || 1, column: node.columnNumber || 1, path };
}
