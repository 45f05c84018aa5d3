import { z } from 'zod';

const unitMs: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Milliseconds of "500ms", "10s", "5m", "1h" or "2d"; null when it is none of these. */
export function parseDuration(text: string): number | null {
  const [, digits, unit] = /^(\d{1,9})(ms|s|m|h|d)$/.exec(text) ?? [];
  return digits === undefined || unit === undefined ? null : Number(digits) * (unitMs[unit] ?? 0);
}

/** A duration in the inventory: text in, milliseconds out, within what makes sense. */
export function durationSchema(limits: { readonly minMs: number; readonly maxMs: number }) {
  return z
    .string('is not a duration such as 500ms, 10s, 5m, 1h')
    .regex(/^\d{1,9}(ms|s|m|h|d)$/, 'is not a duration such as 500ms, 10s, 5m, 1h')
    .transform((text) => parseDuration(text) ?? 0)
    .refine((ms) => ms >= limits.minMs && ms <= limits.maxMs, {
      error: `must be between ${inUnits(limits.minMs)} and ${inUnits(limits.maxMs)}`,
    });
}

function inUnits(ms: number): string {
  const unit = ['d', 'h', 'm', 's', 'ms'].find((one) => ms % (unitMs[one] ?? 1) === 0) ?? 'ms';
  return `${ms / (unitMs[unit] ?? 1)}${unit}`;
}
