/** Something that is run and says what it took. */
export type Variant<T> = () => Promise<T>;

/**
 * Runs each variant once to warm up, then all of them `runs` times in turn (A B C, B C A, …), so
 * that what else the machine does falls on all alike. Returns what each said, in order.
 */
export async function interleave<Name extends string, T>(
  variants: Readonly<Record<Name, Variant<T>>>,
  runs: number,
): Promise<Readonly<Record<Name, readonly T[]>>> {
  const names = Object.keys(variants) as Name[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
  for (const name of names) await variants[name]();
  for (let round = 0; round < runs; round++) {
    const first = round % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      taken[name].push(await variants[name]());
    }
  }
  return taken;
}
