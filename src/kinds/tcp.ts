import * as z from 'zod';
import { defineKind } from './contract.ts';

/** A port that accepts a connection. */
export const tcp = defineKind({
  kind: 'tcp',
  summary: 'A port accepts a connection.',
  spec: z.strictObject({
    host: z.string().min(1),
    port: z.int().min(1).max(65_535),
  }),
  observe: ({ host, port }, { transports, options }) => transports.tcp({ host, port }, options),
  judge: (_facts, _previous, { port }) => ({ state: 'up', note: `:${port} accepts` }),
});
