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

/** Milliseconds in the largest unit that leaves no rest: 90000 is "90s". */
export function durationText(ms: number): string {
  const unit = ['d', 'h', 'm', 's', 'ms'].find((one) => ms % (unitMs[one] ?? 1) === 0) ?? 'ms';
  return `${ms / (unitMs[unit] ?? 1)}${unit}`;
}
