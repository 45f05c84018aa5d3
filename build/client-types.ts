import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const entry = createRequire(import.meta.url).resolve('@kubernetes/client-node');
const generated = join(dirname(entry), 'gen');

/** The client's map has no type for a quantity, which is written as a text or as a number. */
const quantities: Readonly<Record<string, readonly string[]>> = {
  V1ResourceRequirements: ['limits', 'requests'],
  V1VolumeResourceRequirements: ['limits', 'requests'],
  V1ResourceQuotaSpec: ['hard'],
  V1LimitRangeItem: ['_default', 'defaultRequest', 'max', 'min', 'maxLimitRequestRatio'],
  V1PersistentVolumeSpec: ['capacity'],
  V1EmptyDirVolumeSource: ['sizeLimit'],
  V1ResourceFieldSelector: ['divisor'],
  V1PodSpec: ['overhead'],
  V2MetricTarget: ['averageValue', 'value'],
};

/**
 * The Kubernetes client's own types as data: the objects of the stable APIs by `apiVersion kind`, and
 * every type that they lead to, a required field with `!`. `[X]` is a list of X, `{X}` a map to X.
 */
export function clientTypesJson(): string {
  const objects = new Map(readdirSync(join(generated, 'apis')).flatMap(objectsOf));
  const types = new Map<string, string>();
  const walk = (name: string): void => {
    if (types.has(name)) return;
    types.set(name, '');
    const fields = fieldsOf(name);
    types.set(name, JSON.stringify(Object.fromEntries(fields)));
    for (const [, type] of fields) {
      const inner = type.replace(/[^A-Za-z0-9]/g, '');
      if (/^[A-Z]\w*V\d|^V\d/.test(inner)) walk(inner);
    }
  };
  for (const [type] of objects.values()) walk(type);
  const lines = (map: ReadonlyMap<string, string>): string =>
    [...map]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => `${JSON.stringify(key)}:${value}`)
      .join(',\n');
  const objectTexts = new Map([...objects].map(([key, value]) => [key, JSON.stringify(value)]));
  return `{"objects":{\n${lines(objectTexts)}\n},\n"types":{\n${lines(types)}\n}}\n`;
}

type ObjectType = readonly [type: string, isNamespaced: boolean];

/** What an API creates: a POST to a path that names no object. */
function objectsOf(file: string): readonly (readonly [string, ObjectType])[] {
  if (!/V\dApi\.js$/.test(file)) return [];
  const text = readFileSync(join(generated, 'apis', file), 'utf8');
  const creation =
    /localVarPath = '(\/apis?\/[^']+)'((?:(?!localVarPath = ')[\s\S])*?)serialize\(body, "(\w+)"/g;
  return [...text.matchAll(creation)].flatMap(([, path = '', between = '', type = '']) => {
    const group = /^\/(?:api|apis\/([^/]+))\/(v\d)\//.exec(path);
    const kind = /^(?:[A-Z][a-z]+)?V\d(\w+)$/.exec(type)?.[1];
    if (!group || kind === undefined || path.includes('{name}')) return [];
    if (!between.includes('HttpMethod.POST')) return [];
    const apiVersion = group[1] === undefined ? group[2] : `${group[1]}/${group[2]}`;
    return [[`${apiVersion} ${kind}`, [type, path.includes('{namespace}')]]];
  });
}

/** The names as they are in YAML; which are required is told by the declarations alone. */
function fieldsOf(type: string): readonly (readonly [string, string])[] {
  const source = readFileSync(join(generated, 'models', `${type}.js`), 'utf8');
  const declared = readFileSync(join(generated, 'models', `${type}.d.ts`), 'utf8');
  const map = /attributeTypeMap = (\[[\s\S]*?\n\]);/.exec(source)?.[1] ?? '[]';
  const fields = JSON.parse(map) as {
    name: string;
    baseName: string;
    type: string;
    format: string;
  }[];
  return fields.map(({ name, baseName, type: written, format }) => {
    const isRequired = declared.includes(`'${name}': `);
    const short = shortType(written, format);
    const isQuantity = quantities[type]?.includes(name);
    const value = isQuantity ? short.replace('string', 'quantity') : short;
    return [isRequired ? `${baseName}!` : baseName, value];
  });
}

function shortType(type: string, format: string): string {
  const list = /^(?:Array|Set)<(.+)>$/.exec(type)?.[1];
  if (type === 'V1MicroTime') return 'Date';
  if (list !== undefined) return `[${shortType(list, format)}]`;
  const map = /^\{ \[key: string\]: (.+); \}$/.exec(type)?.[1];
  if (map !== undefined) return `{${shortType(map, format)}}`;
  return type === 'number' && /^int/.test(format) ? 'integer' : type;
}
