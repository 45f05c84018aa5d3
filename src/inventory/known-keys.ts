import { z } from 'zod';
import { kindsByName } from '../kinds/index.ts';
import { commonCheckFields } from './check-schema.ts';
import { inventorySchema } from './schema.ts';

/** The keys that a map at a path may have, for hints; none when the path leads nowhere. */
export function knownKeys(path: readonly PropertyKey[], kind: unknown): readonly string[] {
  if (path.at(-2) === 'checks') {
    const own = typeof kind === 'string' ? kindsByName.get(kind) : undefined;
    return ['kind', ...Object.keys(own?.spec.shape ?? {}), ...Object.keys(commonCheckFields)];
  }
  let schema: unknown = inventorySchema;
  for (const key of path) schema = step(unwrap(schema), key);
  const reached = unwrap(schema);
  return reached instanceof z.ZodObject ? Object.keys(reached.shape) : [];
}

function step(schema: unknown, key: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[String(key)];
  return schema instanceof z.ZodArray ? schema.element : undefined;
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
