import { UserError } from '../model/errors.ts';
import { nearest } from '../model/nearest.ts';

/** A word that must be one of these; another is the user's mistake, with the nearest and all of them named. */
export function oneOf<Word extends string>(
  wanted: string,
  known: readonly Word[],
  { by, what }: { readonly by: string; readonly what: string },
): Word {
  const found = known.find((word) => word === wanted);
  if (found !== undefined) return found;
  const near = nearest(wanted, known);
  const all = `one of ${known.join(', ')}`;
  const hint = near === null ? all : `did you mean ${near}? it is ${all}`;
  throw new UserError(`${by}: there is no ${what} "${wanted}"`, { hint });
}
