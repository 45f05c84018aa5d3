import * as z from 'zod';
import { kinds } from '../kinds/index.ts';
import { durationSchema } from './duration.ts';

const hourMs = 3_600_000;

export const intervalSchema = durationSchema({ minMs: 1000, maxMs: 24 * hourMs });
export const timeoutSchema = durationSchema({ minMs: 100, maxMs: 300_000 });
export const thresholdSchema = z.int().min(1).max(100);

/** A name that stands in ids, so it holds no slash, no space and no `#`. */
export const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'is not a name of letters, digits, ".", "_" and "-"');

/** What every check takes besides the fields of its kind. */
export const commonCheckFields = {
  name: nameSchema.optional(),
  interval: intervalSchema.optional(),
  timeout: timeoutSchema.optional(),
  failureThreshold: thresholdSchema.optional(),
  successThreshold: thresholdSchema.optional(),
  dependsOn: z.array(z.string()).optional(),
};

/** Kinds that nobody writes as a check of a service, and the part of the inventory that makes them. */
export const madeElsewhere: ReadonlyMap<string, string> = new Map([
  ['host', 'hosts'],
  ['cluster', 'clusters'],
  ['tailscale', 'tailscale and hosts[].tailscale'],
  ['inngest', 'inngest'],
  ['file', 'files'],
]);

const writable = kinds.filter(({ kind }) => !madeElsewhere.has(kind));

const variants = writable.map(({ kind, spec }) =>
  spec.extend({ kind: z.literal(kind), ...commonCheckFields }),
);

export type DeclaredCheck = { readonly kind: string; readonly [key: string]: unknown } & {
  readonly [Key in keyof typeof commonCheckFields]?: z.output<(typeof commonCheckFields)[Key]>;
};

/** One check of a service: the fields of its kind and the common ones. */
export const checkSchema = z.discriminatedUnion(
  'kind',
  variants as unknown as [z.ZodObject, ...z.ZodObject[]],
) as unknown as z.ZodType<DeclaredCheck>;

/** The names that `kind` may have. */
export const checkKindNames: readonly string[] = writable.map(({ kind }) => kind);
