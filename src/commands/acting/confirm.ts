import { createInterface } from 'node:readline/promises';
import type { Plan, Refusal } from '../../model/plan.ts';
import { deedText } from '../../outputs/plan-text.ts';
import type { Context } from '../context.ts';

/**
 * Asks a person whether a plan is to be carried out: a yes, or its name where a slip of the finger
 * would cost too much. Null is a yes; nobody is asked with `--yes`.
 */
export async function confirm(plan: Plan, context: Context): Promise<Refusal | null> {
  const { yes, json } = context.options;
  if (yes) return null;
  if (!context.isTty || json) return unconfirmed('nobody was asked');
  const { wantsName } = plan;
  const what = deedText(plan);
  const question = wantsName === null ? `${what}? [y/N] ` : `${what}? type ${wantsName}: `;
  const answer = await asked(question, context);
  const isYes = wantsName === null ? /^y(?:es)?$/i.test(answer) : answer === wantsName;
  return isYes ? null : unconfirmed('it was not confirmed');
}

async function asked(question: string, { signal }: Context): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await lines.question(question, { signal })).trim();
  } catch {
    return '';
  } finally {
    lines.close();
  }
}

function unconfirmed(message: string): Refusal {
  return { code: 'CONFIRMATION_REQUIRED', message, hint: 'add --yes', canForce: false };
}
