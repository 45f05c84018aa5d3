/** Gives out names of letters, digits, ".", "_" and "-", each once. */
export interface Names {
  /** `com.joel.caddy` stays; `nas (old)` becomes `nas-old`; what is taken gets a number. */
  take(text: string): string;
}

const longest = 60;

/** Names of one list of the inventory. */
export function createNames(): Names {
  const taken = new Set<string>();
  return {
    take: (text) => {
      const base = plainName(text);
      let name = base;
      for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${base}-${n}`;
      taken.add(name.toLowerCase());
      return name;
    },
  };
}

function plainName(text: string): string {
  const plain = text
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, longest)
    .replace(/[^A-Za-z0-9]+$/, '');
  return plain === '' ? 'unnamed' : plain;
}
