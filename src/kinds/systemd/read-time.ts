/** Milliseconds since 1970 of "Wed 2026-02-18 09:00:00 UTC"; null for none and for another zone. */
export function readTimestamp(text: string | undefined): number | null {
  const [, day, time] =
    /^[A-Z][a-z]{2} (\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.\d+)? UTC$/.exec(text ?? '') ?? [];
  const ms = Date.parse(`${day}T${time}Z`);
  return Number.isNaN(ms) ? null : ms;
}

const unitMs: Readonly<Record<string, number>> = {
  us: 0.001,
  ms: 1,
  s: 1000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  month: 2_629_800_000,
  y: 31_557_600_000,
};

/** Milliseconds of "1min 30s" (systemd.time(7)); null for `infinity` and for what is no span. */
export function readSpan(text: string | undefined): number | null {
  const pieces = (text ?? '').split(' ').map((piece) => /^(\d+(?:\.\d+)?)([a-z]+)$/.exec(piece));
  let ms = 0;
  for (const piece of pieces) {
    const unit = unitMs[piece?.[2] ?? ''];
    if (piece === null || unit === undefined) return null;
    ms += Number(piece[1]) * unit;
  }
  return ms;
}

/** RFC 3339 UTC to the second, as systemd tells times. */
export function isoText(ms: number | null): string | null {
  return ms === null
    ? null
    : `${new Date(Math.round(ms / 1000) * 1000).toISOString().slice(0, 19)}Z`;
}

/** Null for what is no whole number: `[not set]`, or one past what systemd counts. */
export function wholeNumber(text: string | undefined): number | null {
  return /^\d{1,15}$/.test(text ?? '') ? Number(text) : null;
}
