import * as z from 'zod';

/** A unit of systemd by its name; without a suffix it is a service. Characters: systemd.unit(5). */
export const systemdSpec = z.strictObject({
  unit: z
    .string()
    .regex(/^[A-Za-z0-9:_.\\@-]+$/, 'is not the name of a unit')
    .max(255),
  user: z.boolean().default(false),
});
