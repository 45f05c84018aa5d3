/** The newest of what is installed that is of the running one's kind; null where none of them is. */
export function newestOf(kernels: readonly string[], running: string): string | null {
  const kind = kindOf(running);
  const same = kernels.map((one) => one.trim()).filter((one) => kindOf(one) === kind);
  return same.toSorted(compareVersions).at(-1) ?? null;
}

/** `amd64`, `cloud-amd64`, `rpt-rpi-v`: what is left of a name without its numbers. */
function kindOf(name: string): string {
  return name.replace(/^[\d.]+(?:-\d[\d.]*)?/, '').replace(/\d+/g, '');
}

/** As sort(1) -V does for these names: numbers as numbers, all else by its letters. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const [one = '', other = ''] = [left[at], right[at]];
    if (one === other) continue;
    const areNumbers = /^\d+$/.test(one) && /^\d+$/.test(other);
    if (!areNumbers) return one < other ? -1 : 1;
    const apart = Number(one) - Number(other);
    if (apart !== 0) return apart;
  }
  return 0;
}

function partsOf(name: string): readonly string[] {
  return name.match(/\d+|[^\d]+/g) ?? [];
}
