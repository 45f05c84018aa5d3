import { envelope } from '../outputs/envelope.ts';
import { type Command, headOf } from './context.ts';

/** The JSON Schema of inventory.yaml on stdout: bare, as editors want it; with `--json` in an envelope. */
export const schema: Command = async (context) => {
  const { inventoryJsonSchema } = await import('../inventory/json-schema.ts');
  const result = inventoryJsonSchema();
  if (context.options.json) {
    const answer = { schema: 'joelclaw.schema/v1', ok: true, result };
    await context.write(envelope(headOf(context, 'schema'), answer));
  } else await context.write(`${JSON.stringify(result, null, 2)}\n`);
  return 0;
};
