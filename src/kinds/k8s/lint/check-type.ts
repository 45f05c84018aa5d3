import { isJsonObject, type Json } from '../../../model/json.ts';
import { nearest } from '../../../model/nearest.ts';
import { faultAt, type TextFault } from '../../../model/text-fault.ts';
import known from './client-types.json' with { type: 'json' };
import type { ManifestObject } from './manifest.ts';

type Path = readonly (string | number)[];
type Fields = Readonly<Record<string, string>>;

/** Of an `apiVersion kind`: its type, and whether it lives in a namespace. */
export const clientObjects = known.objects as unknown as Readonly<
  Record<string, readonly [type: string, isNamespaced: boolean] | undefined>
>;
const clientTypes = known.types as unknown as Readonly<Record<string, Fields | undefined>>;

/** Holds a value against a type of the client, as the server does with `fieldValidation=Strict`. */
export function typeFaults(
  object: ManifestObject,
  value: Json,
  { type, path = [] }: { readonly type: string; readonly path?: Path },
): readonly TextFault[] {
  // A key without a value is a key that is not there.
  if (value === null || type === 'any') return [];
  const inner = (one: Json, more: string | number, of: string): readonly TextFault[] =>
    typeFaults(object, one, { type: of, path: [...path, more] });
  if (type.startsWith('[')) {
    if (!Array.isArray(value)) return [wrong(object, path, 'a list')];
    return value.flatMap((one, index) => inner(one, index, type.slice(1, -1)));
  }
  if (type.startsWith('{')) {
    if (!isJsonObject(value)) return [wrong(object, path, 'a map')];
    return Object.entries(value).flatMap(([key, one]) => inner(one, key, type.slice(1, -1)));
  }
  const fields = clientTypes[type];
  if (!fields) return leafFaults(object, value, { type, path });
  if (!isJsonObject(value)) return [wrong(object, path, 'a map')];
  return [
    ...Object.entries(value).flatMap(([key, one]) => {
      const of = fields[key] ?? fields[`${key}!`];
      return of === undefined
        ? [unknownField(object, [...path, key], fields)]
        : inner(one, key, of);
    }),
    ...Object.keys(fields).flatMap((key) => {
      if (!key.endsWith('!') || (value[key.slice(0, -1)] ?? null) !== null) return [];
      return [missing(object, path, key.slice(0, -1))];
    }),
  ];
}

function unknownField(object: ManifestObject, path: Path, fields: Fields): TextFault {
  const names = Object.keys(fields).map((name) => name.replace('!', ''));
  const near = nearest(String(path.at(-1)), names);
  const hint = near === null ? `one of ${names.slice(0, 12).join(', ')}` : near;
  return faultAt(object.atKey(path), 'is no field of it', hint);
}

function missing(object: ManifestObject, path: Path, name: string): TextFault {
  const place = path.length === 0 ? object.at([]) : object.atKey(path);
  return faultAt(place, `lacks ${name}`, `${name}: …`);
}

const wanted: Readonly<Record<string, readonly [isIt: (value: Json) => boolean, words: string]>> = {
  string: [(value) => typeof value === 'string', 'a text'],
  boolean: [(value) => typeof value === 'boolean', 'true or false'],
  integer: [(value) => Number.isInteger(value), 'a whole number'],
  number: [(value) => typeof value === 'number', 'a number'],
  Date: [(value) => typeof value === 'string' && !Number.isNaN(Date.parse(value)), 'a time'],
  IntOrString: [
    (value) => Number.isInteger(value) || typeof value === 'string',
    'a number or a name',
  ],
  quantity: [
    (value) =>
      typeof value === 'number' ||
      (typeof value === 'string' &&
        /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[EPTGMk]|[EPTGMK]i|[numK]|[eE][+-]?\d+)?$/.test(value)),
    'a quantity such as 500m or 1Gi',
  ],
};

function leafFaults(
  object: ManifestObject,
  value: Json,
  { type, path }: { readonly type: string; readonly path: Path },
): readonly TextFault[] {
  const [isIt, words] = wanted[type] ?? [() => true, ''];
  return isIt(value) ? [] : [wrong(object, path, words)];
}

const hints: Readonly<Record<string, string>> = {
  'a text': 'put it in quotes',
  'a list': 'items that begin with "- "',
  'a map': 'key: value',
  'a whole number': 'a number without quotes',
  'true or false': 'one of the two, without quotes',
};

function wrong(object: ManifestObject, path: Path, words: string): TextFault {
  return faultAt(object.at(path), `is not ${words}`, hints[words] ?? words);
}
