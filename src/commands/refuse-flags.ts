import { UserError } from '../model/errors.ts';
import { type FlagName, flags } from './flags.ts';
import type { Options } from './options.ts';

/**
 * A flag that says nothing to a command is refused: whoever gives it expects something of it. `verb`
 * is null for the bare command. How it looks and what it must not do may be said to any of them.
 */
export function refuseFlags({ given, lab }: Options, verb: string | null): void {
  for (const name of given) {
    const only = verbsOf(name);
    if (only === null || only.includes(verb ?? bare)) continue;
    const named = only.filter((one) => one !== bare).join(', ');
    throw new UserError(`--${name} says nothing to \`${`joelclaw ${verb ?? ''}`.trim()}\``, {
      hint: `leave it out: it is for ${named}`,
    });
  }
  if (given.includes('root') && (lab !== null || verb === 'lab')) {
    throw new UserError('--root says nothing to a lab', { hint: 'leave one of them out' });
  }
}

/** How the command without a verb stands in the table. */
const bare = '';

/** The verbs that a flag says something to; null for all. */
export function verbsOf(name: FlagName): readonly string[] | null {
  const flag = flags[name];
  return 'only' in flag ? flag.only : null;
}
