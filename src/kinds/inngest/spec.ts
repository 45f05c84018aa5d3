import * as z from 'zod';

/** One entry of the inventory's `inngest` list, without its key: nothing is ever sent. */
export const spec = z.strictObject({
  name: z.string(),
  url: z.string(),
  worker: z.string().nullable().default(null),
  /** Null is every app of the server. */
  app: z.string().nullable().default(null),
  expect: z.array(z.string()).nullable().default(null),
});

export type InngestSpec = z.output<typeof spec>;
