import { inventoryJsonSchema } from '../inventory/json-schema.ts';
import type { Command } from './context.ts';

/** The JSON Schema of inventory.yaml on stdout. */
export const schema: Command = async (context) => {
  await context.write(`${JSON.stringify(inventoryJsonSchema(), null, 2)}\n`);
  return 0;
};
