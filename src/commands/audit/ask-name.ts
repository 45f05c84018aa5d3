import { createInterface } from 'node:readline/promises';
import { UserError } from '../../model/errors.ts';
import type { Context } from '../context.ts';

/** Goes on when a person on a terminal types the name; else nothing is done (exit 2). */
export async function askName(
  question: string,
  name: string,
  context: Context,
  hint: string,
): Promise<void> {
  if (!context.isTty || context.options.json) throw unconfirmed('nobody was asked', hint);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await lines
      .question(`${question} type ${name}: `, { signal: context.signal })
      .catch(() => '');
    if (answer.trim() !== name) throw unconfirmed('it was not confirmed', hint);
  } finally {
    lines.close();
  }
}

function unconfirmed(why: string, hint: string): UserError {
  return new UserError(`nothing was done: ${why}`, {
    ...{ code: 'CONFIRMATION_REQUIRED', exitCode: 2 },
    hint,
  });
}
