import { type Document, isMap, isScalar, visit } from 'yaml';
import type { Located } from './document.ts';
import { type InventoryFault, pathText } from './fault.ts';

const reference = /\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}/g;

export interface Interpolated {
  readonly faults: readonly InventoryFault[];
  /** The values that came from the environment: they must never be printed. */
  readonly secrets: readonly string[];
  /** The keys that were left unset, for `doctor`. */
  readonly unset: readonly string[];
  /** The names of `${NAME:-}` that are set nowhere. */
  readonly unsetNames: readonly string[];
}

/**
 * Replaces `${NAME}` and `${NAME:-text}` in every string value of the document, in place. A name
 * that is set nowhere is a fault; `${NAME:-}` leaves its key unset.
 */
export function interpolate(
  located: Located,
  env: Readonly<Record<string, string | undefined>>,
): Interpolated {
  const faults: InventoryFault[] = [];
  const secrets = new Set<string>();
  const unset: string[] = [];
  const unsetNames = new Set<string>();
  // From the end, so that a removed list item does not move those still to come.
  for (const { path, text } of references(located.document).toReversed()) {
    const { value, missing, used, empty } = replaced(text, env);
    for (const secret of used) secrets.add(secret);
    for (const name of empty) unsetNames.add(name);
    for (const name of missing) {
      const hint = `set ${name} in .env beside the inventory, or write \${${name}:-}`;
      faults.push(located.faultAt(path, { message: `\${${name}} is not set`, hint }));
    }
    if (value === '' && missing.length === 0) {
      located.document.deleteIn(path);
      unset.push(pathText(path));
    } else located.document.setIn(path, value);
  }
  const names = [...unsetNames].sort();
  return { faults, secrets: [...secrets], unset: unset.toReversed(), unsetNames: names };
}

interface Reference {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Every string scalar that holds a reference, with the path to it. */
function references(document: Document.Parsed): readonly Reference[] {
  const found: Reference[] = [];
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string' || !node.value.includes('${')) return;
      found.push({ path: pathOf([...ancestors, node] as readonly object[]), text: node.value });
    },
  });
  return found;
}

/** The ancestors are documents, maps, pairs and sequences; only pairs and sequences name a step. */
function pathOf(chain: readonly object[]): readonly (string | number)[] {
  return chain.flatMap((node, index): (string | number)[] => {
    const parent = chain[index - 1];
    if (parent && isMap(parent) && 'key' in node) {
      return isScalar(node.key) ? [String(node.key.value)] : [];
    }
    if (parent && 'items' in parent && Array.isArray(parent.items) && !isMap(parent)) {
      return [parent.items.indexOf(node)];
    }
    return [];
  });
}

function replaced(
  text: string,
  env: Readonly<Record<string, string | undefined>>,
): {
  readonly value: string;
  readonly missing: readonly string[];
  readonly used: readonly string[];
  /** Names that fall back to nothing. */
  readonly empty: readonly string[];
} {
  const missing: string[] = [];
  const empty: string[] = [];
  const used: string[] = [];
  const value = text.replace(reference, (whole, name: string, fallback: string | undefined) => {
    const set = env[name];
    if (set !== undefined && set !== '') {
      used.push(set);
      return set;
    }
    if (fallback === '') empty.push(name);
    if (fallback !== undefined) return fallback;
    missing.push(name);
    return whole;
  });
  return { value, missing, used, empty };
}
