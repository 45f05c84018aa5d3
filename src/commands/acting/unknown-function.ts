import { UserError } from '../../model/errors.ts';
import type { Report } from '../../model/report.ts';
import { unknownId } from '../pick.ts';

/** The user's mistake, unless a server cannot be asked: then nobody knows. `more` are other names. */
export function unknownFunction(
  id: string,
  { functions }: Report,
  more: {
    readonly what: string;
    readonly known: readonly string[];
    readonly silentExit?: 1 | 2;
  } = {
    what: 'function or app',
    known: [],
  },
): UserError {
  const silent = functions.apps.find(({ registered }) => registered === null);
  if (silent) {
    return new UserError(`whether "${id}" is a function is not known: ${silent.note}`, {
      ...{ code: 'NOT_SEEN', exitCode: more.silentExit ?? 2 },
      hint: `joelclaw functions tells what ails ${silent.server}`,
    });
  }
  const known = [
    ...more.known,
    ...functions.apps.flatMap(({ app }) => app ?? []),
    ...functions.items.map(({ name }) => name),
    ...functions.items.map(({ slug }) => slug),
  ];
  return unknownId(id, 0, { known, what: more.what });
}
