const kibi = 1024;
const scale = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes with two digits where one says too little: "2.1 GB", "926 GB". A GB has 1024³ bytes. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= kibi && unit < scale.length - 1) {
    value /= kibi;
    unit++;
  }
  const digits = value < 10 && unit > 0 ? value.toFixed(1).replace(/\.0$/, '') : value.toFixed(0);
  return `${digits} ${scale[unit]}`;
}

/** A share of a whole as whole percent; 0 of nothing. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 100);
}
