import * as all from './all.ts';
import type { Kind } from './contract.ts';

/** Every kind that can be measured, by name from a to z. */
export const kinds: readonly Kind[] = Object.values(all).toSorted((a, b) =>
  a.kind < b.kind ? -1 : 1,
);

/** The kinds by their name. */
export const kindsByName: ReadonlyMap<string, Kind> = new Map(
  kinds.map((kind) => [kind.kind, kind]),
);
