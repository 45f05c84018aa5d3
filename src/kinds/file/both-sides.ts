import type { FileKind } from '../../model/inventory.ts';
import { type Difference, differenceOf } from './difference.ts';
import { hideValues } from './hide-values.ts';

/** A file on which both sides have changed since it was applied; `base` is what was applied, where that is kept. */
interface Sides {
  readonly kind: FileKind;
  readonly base: string | null;
  readonly repo: string;
  readonly live: string;
  /** RFC 3339: when it was applied. */
  readonly at: string;
}

/**
 * What each side has made of it since, before what an apply would do about that: `change` is the last
 * part, whose counts are kept.
 */
export function bothSides(change: Difference, { kind, base, repo, live, at }: Sides): Difference {
  const apply = ['@@ an apply over it @@', ...change.lines];
  if (base === null) {
    return { ...change, lines: [`@@ what was applied at ${at} is not kept @@`, ...apply] };
  }
  const since = (side: string): readonly string[] =>
    differenceOf(hideValues(base, kind), hideValues(side, kind))?.lines ?? ['  nearly all of it'];
  return {
    ...change,
    lines: [
      `@@ the repo since it was applied at ${at} @@`,
      ...since(repo),
      '@@ hands since then @@',
      ...since(live),
      ...apply,
    ],
  };
}
