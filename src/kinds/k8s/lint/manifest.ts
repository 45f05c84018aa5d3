import { isMap, isPair, isScalar, LineCounter, type Node, parseAllDocuments } from 'yaml';
import { isJsonObject, type Json, type JsonObject } from '../../../model/json.ts';
import { plainText } from '../../../model/plain-text.ts';
import {
  faultAt,
  pathWords,
  type TextFault,
  type TextPlace,
  wholeText,
} from '../../../model/text-fault.ts';

type Path = readonly (string | number)[];

/** An object of a manifest, and where each of its values stands. */
export interface ManifestObject {
  readonly value: JsonObject;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** '' where it tells none. */
  readonly namespace: string;
  /** Of the value at a path, or of the nearest above it that is there. */
  at(path: Path): TextPlace;
  /** Of the key that a path ends with. */
  atKey(path: Path): TextPlace;
}

interface Manifest {
  readonly objects: readonly ManifestObject[];
  readonly faults: readonly TextFault[];
}

type Documents = ReturnType<typeof parseAllDocuments>;
type OneDocument = Extract<Documents, readonly unknown[]>[number];

/**
 * The objects of a YAML text of one or more documents, with those of its lists. YAML is read as
 * Kubernetes does: 1.1, where `yes` is a boolean and 0644 is octal, but without times of day.
 */
export function readManifest(text: string): Manifest {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    version: '1.1',
    customTags: (tags) =>
      tags.filter(
        (tag) => typeof tag === 'string' || !(/timestamp/.test(tag.tag) || tag.format === 'TIME'),
      ),
  });
  const placeAt = (offset: number, path: Path): TextPlace => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1), path: pathWords(path) };
  };
  const list = [...documents];
  const broken = list.flatMap(({ errors }) =>
    errors
      .slice(0, 1)
      .map(({ pos, message }) =>
        faultAt(placeAt(pos[0], []), plainText(message), 'check the indentation and quotes here'),
      ),
  );
  if (broken.length > 0) return { objects: [], faults: broken };
  const read = list.map((document) => objectsOf(document, placeAt));
  const objects = read.flatMap((one) => one.objects);
  const faults = read.flatMap((one) => one.faults);
  const empty = objects.length + faults.length === 0;
  const none = faultAt(wholeText, 'holds no object', 'apiVersion, kind and metadata of one');
  return { objects, faults: empty ? [none] : faults };
}

type PlaceAt = (offset: number, path: Path) => TextPlace;

function objectsOf(document: OneDocument, placeAt: PlaceAt): Manifest {
  const { value, trouble } = toJson(document);
  const at = (path: Path): TextPlace => placeAt(offsetOf(document, path), path);
  const atKey = (path: Path): TextPlace => placeAt(keyOffsetOf(document, path), path);
  if (trouble !== null) {
    return { objects: [], faults: [faultAt(at([]), trouble, 'write the value out')] };
  }
  if (value === null) return { objects: [], faults: [] };
  const isList = isJsonObject(value) && value['kind'] === 'List' && Array.isArray(value['items']);
  const items: readonly Json[] = isList ? (value['items'] as readonly Json[]) : [value];
  const base = (index: number): Path => (isList ? ['items', index] : []);
  const objects: ManifestObject[] = [];
  const faults: TextFault[] = [];
  items.forEach((item, index) => {
    const place: Pick<ManifestObject, 'at' | 'atKey'> = {
      at: (path) => at([...base(index), ...path]),
      atKey: (path) => atKey([...base(index), ...path]),
    };
    if (isJsonObject(item)) objects.push({ value: item, ...identityOf(item), ...place });
    else faults.push(faultAt(place.at([]), 'is no object', 'apiVersion, kind and metadata of one'));
  });
  return { objects, faults };
}

function identityOf(value: JsonObject) {
  const metadata = isJsonObject(value['metadata']) ? value['metadata'] : {};
  const text = (one: Json | undefined): string => (typeof one === 'string' ? one : '');
  return {
    apiVersion: text(value['apiVersion']),
    kind: text(value['kind']),
    name: text(metadata['name']),
    namespace: text(metadata['namespace']),
  };
}

/** The parser refuses an alias of nothing and one that unfolds without end; JSON one of itself. */
function toJson(document: OneDocument): { value: Json; trouble: string | null } {
  try {
    const value = document.toJS() as Json;
    return { value: JSON.parse(JSON.stringify(value ?? null)) as Json, trouble: null };
  } catch (error) {
    return { value: null, trouble: plainText(String((error as Error).message)) };
  }
}

function offsetOf(document: OneDocument, path: Path): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as Node | null | undefined;
    if (node?.range) return node.range[0];
  }
  return document.range?.[0] ?? 0;
}

function keyOffsetOf(document: OneDocument, path: Path): number {
  const parent = document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  const pairs = isMap(parent) ? parent.items : [];
  const pair = pairs.find((one) => isPair(one) && isScalar(one.key) && one.key.value === key);
  const range = isScalar(pair?.key) ? pair.key.range : null;
  return range ? range[0] : offsetOf(document, path);
}
