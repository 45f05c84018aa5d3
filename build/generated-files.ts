import * as z from 'zod';
import { madeElsewhere } from '../src/inventory/check-schema.ts';
import { inventoryJsonSchema } from '../src/inventory/json-schema.ts';
import { kinds } from '../src/kinds/index.ts';
import { keysMarkdown } from '../src/tui/keys-markdown.ts';
import { clientTypesJson } from './client-types.ts';

interface Property {
  readonly default?: unknown;
}

/** Path to text of every file that is made from code. */
export function generatedFiles(): ReadonlyMap<string, string> {
  return new Map([
    ['inventory.schema.json', `${JSON.stringify(inventoryJsonSchema(), null, 2)}\n`],
    ['docs/kinds.md', kindsMarkdown()],
    ['docs/keys.md', keysMarkdown()],
    ['src/kinds/k8s/lint/client-types.json', clientTypesJson()],
  ]);
}

/** The table of check kinds: what each says, and its fields with their defaults. */
function kindsMarkdown(): string {
  const rows = kinds.map(
    ({ kind, summary, spec }) => `| \`${kind}\` | ${summary} | ${fieldsOf(kind, spec)} |`,
  );
  return [
    '# Check kinds',
    '',
    'Made by `npm run docs` from `src/kinds/`. Every check also takes `name`, `interval`, `timeout`,',
    '`failureThreshold`, `successThreshold` and `dependsOn`.',
    '',
    '| kind | is up when | fields (default) |',
    '|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

function fieldsOf(kind: string, spec: z.ZodObject): string {
  const maker = madeElsewhere.get(kind);
  return maker === undefined ? fields(spec) : `made from \`${maker}\`, not written`;
}

function fields(spec: z.ZodObject): string {
  const schema = z.toJSONSchema(spec, { io: 'input', unrepresentable: 'any' });
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Property>);
  const required = new Set(schema.required ?? []);
  const words = properties.map(([name, property]) => {
    if (required.has(name)) return `**${name}**`;
    return property.default === undefined
      ? name
      : `${name} (\`${JSON.stringify(property.default)}\`)`;
  });
  return words.join(', ');
}
