import * as z from 'zod';
import { inventorySchema } from './schema.ts';

/** The JSON Schema (2020-12) of inventory.yaml, for editors. */
export function inventoryJsonSchema(): object {
  const schema = z.toJSONSchema(inventorySchema, { io: 'input', unrepresentable: 'any' });
  return {
    ...schema,
    title: 'joelclaw inventory',
    description: 'The network that joelclaw watches',
  };
}
