import { createInterface } from 'node:readline/promises';
import { UserError } from '../../model/errors.ts';
import type { Context } from '../context.ts';

/** Goes on with `--yes`, or when a person says so; else nothing is done (exit 1). */
export async function askPerson(question: string, context: Context): Promise<void> {
  const { yes, json } = context.options;
  if (yes) return;
  if (!context.isTty || json) throw unconfirmed('nobody was asked');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await lines
      .question(`${question} [y/N] `, { signal: context.signal })
      .catch(() => '');
    if (!/^y(?:es)?$/i.test(answer.trim())) throw unconfirmed('it was not confirmed');
  } finally {
    lines.close();
  }
}

function unconfirmed(why: string): UserError {
  return new UserError(`nothing was done: ${why}`, {
    ...{ code: 'CONFIRMATION_REQUIRED', exitCode: 1 },
    hint: 'add --yes',
  });
}
