/** A part's id within the health record: `panda/tailscale#clanker-001`. */
export function partKey(check: string, part: string): string {
  return `${check}#${part}`;
}

/** The check that an id within the health record is of, or is a part of. */
export function checkOfKey(key: string): string {
  return key.split('#')[0] ?? key;
}

/** Whether a key of the health record is a part’s. */
export function isPartKey(key: string): boolean {
  return key.includes('#');
}

const byHealth = new WeakMap<object, ReadonlyMap<string, readonly string[]>>();

/** The keys of parts within a health record, which never changes, by their checks. */
export function partKeysOf(health: object): ReadonlyMap<string, readonly string[]> {
  const known = byHealth.get(health);
  if (known) return known;
  const made = Map.groupBy(Object.keys(health).filter(isPartKey), checkOfKey);
  byHealth.set(health, made);
  return made;
}
