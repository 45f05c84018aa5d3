import * as z from 'zod';
import { inventorySchema } from './schema.ts';

/** The keys that a map at a path may have, for hints; none when the path leads nowhere. */
export function knownKeys(path: readonly PropertyKey[], kind: unknown): readonly string[] {
  let schema: unknown = inventorySchema;
  for (const key of path) schema = step(unwrap(schema), key);
  const reached = unwrap(schema);
  const known = variantsOf(reached).find(({ shape }) => isOfKind(shape['kind'], kind)) ?? reached;
  return known instanceof z.ZodObject ? Object.keys(known.shape) : [];
}

/** The objects that a `kind` chooses from: checks and managers. */
function variantsOf(schema: unknown): readonly z.ZodObject[] {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return [];
  return schema.options.filter((option) => option instanceof z.ZodObject);
}

function isOfKind(schema: unknown, kind: unknown): boolean {
  return schema instanceof z.ZodLiteral && schema.value === kind;
}

function step(schema: unknown, key: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[String(key)];
  if (schema instanceof z.ZodArray) return schema.element;
  const variant = variantsOf(schema).find(({ shape }) => Object.hasOwn(shape, String(key)));
  return variant?.shape[String(key)];
}

/** Optional, default and prefault wrap what they make optional. */
function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault
  ) {
    inner = inner.unwrap();
  }
  return inner;
}
