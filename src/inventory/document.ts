import {
  type Document,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  type YAMLParseError,
} from 'yaml';
import { plainText } from '../model/plain-text.ts';
import { type InventoryFault, pathText } from './fault.ts';

/** A parsed YAML text that knows where each of its values stands. */
export interface Located {
  readonly document: Document.Parsed;
  readonly syntaxFaults: readonly InventoryFault[];
  /** Builds a fault at a path; at its key with `key`, else at its value or nearest parent. */
  faultAt(path: readonly PropertyKey[], words: FaultWords): InventoryFault;
  /** Builds a fault of the text itself, at an offset in it. */
  faultAtOffset(offset: number, words: Omit<FaultWords, 'key'>): InventoryFault;
}

interface FaultWords {
  readonly message: string;
  readonly hint: string;
  /** Point at this key of the map at the path. */
  readonly key?: string;
}

/** Parses YAML 1.2; duplicate keys, tabs and open quotes come back as faults, all of them. */
export function locate(file: string, text: string): Located {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const syntaxFaults = firstAtEachPlace(document.errors).map((error) => ({
    file,
    ...at(error.pos[0]),
    path: '',
    ...syntaxWords(error),
  }));
  return {
    document,
    syntaxFaults,
    faultAtOffset: (offset, words) => ({ file, ...at(offset), path: '', ...words }),
    faultAt: (path, { message, hint, key }) => {
      const whole = key === undefined ? path : [...path, key];
      const offset = offsetOf(document, path, key);
      return { file, ...at(offset), path: pathText(whole), message, hint };
    },
  };
}

/** One slip makes the parser complain again and again at the same place. */
function firstAtEachPlace(errors: readonly YAMLParseError[]): readonly YAMLParseError[] {
  return [...Map.groupBy(errors, ({ pos }) => pos[0]).values()].flatMap((same) => same.slice(0, 1));
}

function syntaxWords({ code, message }: YAMLParseError): { message: string; hint: string } {
  if (code === 'MULTIPLE_DOCS') {
    return { message: 'a second document begins here', hint: 'remove the line "---"' };
  }
  if (code === 'DUPLICATE_KEY') {
    return { message: 'this key is there twice', hint: 'remove one of them' };
  }
  // The parser descends by recursion and passes on what the engine says when that ends.
  if (message.includes('call stack')) {
    return { message: 'is nested too deeply', hint: 'is this the right file?' };
  }
  return { message: plainText(message), hint: 'check the indentation and quotes around here' };
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[], key?: string): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as Node | undefined;
    if (key !== undefined && length === path.length && isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && item.key.value === key,
      );
      const range = isScalar(pair?.key) ? pair.key.range : null;
      if (range) return range[0];
    }
    if (node?.range) return node.range[0];
  }
  return 0;
}
