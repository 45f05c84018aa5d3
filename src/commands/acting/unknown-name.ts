import { nearest } from '../../inventory/suggest.ts';
import { UserError } from '../../model/errors.ts';
import type { Report } from '../../model/report.ts';

/** The names of functions and of their apps. */
export function functionNames({ functions }: Report): readonly string[] {
  return [
    ...functions.items.flatMap(({ slug, name }) => [name, slug]),
    ...functions.apps.flatMap(({ app }) => app ?? []),
  ];
}

/** The user's mistake: none of these things bears a name. */
export function unknownName(what: string, id: string, known: readonly string[]): UserError {
  const near = nearest(id, known);
  const some = known.slice(0, 12).join(', ');
  const all = some === '' ? 'joelclaw functions tells why none is known' : `one of ${some}`;
  const hint = near === null ? all : `did you mean ${near}?`;
  return new UserError(`no ${what} is called "${id}"`, { hint });
}
