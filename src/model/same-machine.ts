/** The first label of a name, which a machine keeps in every network; an address has none and stays whole. */
export function firstLabel(name: string): string {
  return /^[\d.]+$|:/.test(name) ? name : (name.split('.')[0] ?? name);
}

/** Whether two names are one machine's: `panda`, `Panda.local` and `panda.tail1234.ts.net` are. */
export function sameMachine(a: string, b: string): boolean {
  return firstLabel(a).toLowerCase() === firstLabel(b).toLowerCase();
}
