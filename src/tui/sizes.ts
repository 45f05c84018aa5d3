/** 0 to 1; null when the whole is not known. */
export function ratioOf(used: unknown, size: unknown): number | null {
  if (typeof used !== 'number' || typeof size !== 'number' || !(size > 0)) return null;
  return Math.min(1, Math.max(0, used / size));
}

/** A bar of whole cells with its percentage: "■■···· 34%". It moves only with the number. */
export function barOf(
  ratio: number | null,
  cells = 6,
): { full: string; rest: string; percent: string } {
  if (ratio === null) return { full: '', rest: '', percent: '–' };
  const full = ratio === 0 ? 0 : Math.min(cells, Math.max(1, Math.round(ratio * cells)));
  return {
    full: '■'.repeat(full),
    rest: '·'.repeat(cells - full),
    percent: `${Math.round(ratio * 100)}%`,
  };
}

/** The largest whole unit: "3m", "5h", "41d". */
export function secondsInSteps(seconds: unknown): string {
  if (typeof seconds !== 'number' || seconds < 0) return '–';
  const [unit, word] = unitOf(seconds);
  return `${Math.floor(seconds / unit)}${word}`;
}

/** The same in seconds, to be ordered by; null when it is not known. */
export function secondsStep(seconds: unknown): number | null {
  if (typeof seconds !== 'number' || seconds < 0) return null;
  const [unit] = unitOf(seconds);
  return Math.floor(seconds / unit) * unit;
}

function unitOf(seconds: number): readonly [number, string] {
  if (seconds < 3600) return [60, 'm'];
  return seconds < 86_400 ? [3600, 'h'] : [86_400, 'd'];
}
