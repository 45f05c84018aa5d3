import * as z from 'zod';
import { durationText, parseDuration } from '../model/duration.ts';

/** A duration in the inventory: text in, milliseconds out, within what makes sense. */
export function durationSchema(limits: { readonly minMs: number; readonly maxMs: number }) {
  return z
    .string('is not a duration such as 500ms, 10s, 5m, 1h')
    .regex(/^\d{1,9}(ms|s|m|h|d)$/, 'is not a duration such as 500ms, 10s, 5m, 1h')
    .transform((text) => parseDuration(text) ?? 0)
    .refine((ms) => ms >= limits.minMs && ms <= limits.maxMs, {
      error: `must be between ${durationText(limits.minMs)} and ${durationText(limits.maxMs)}`,
    });
}
