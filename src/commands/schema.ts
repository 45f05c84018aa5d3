import type { Command } from './context.ts';

/** The JSON Schema of inventory.yaml on stdout. */
export const schema: Command = async (context) => {
  const { inventoryJsonSchema } = await import('../inventory/json-schema.ts');
  await context.write(`${JSON.stringify(inventoryJsonSchema(), null, 2)}\n`);
  return 0;
};
