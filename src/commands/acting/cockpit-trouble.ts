import { UserError } from '../../model/errors.ts';
import type { ActionView } from '../../tui/action-view.ts';
import type { Context } from '../context.ts';

/** What is shown in place of an action that could not be planned, or that broke. */
export function troubleView(error: unknown, { warn }: Pick<Context, 'warn'>): ActionView {
  if (error instanceof UserError) {
    const lines = [...error.message.split('\n'), `→ ${error.hint}`];
    return { title: 'it cannot be done', phase: 'refused', may: null, lines };
  }
  const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
  warn(`an action broke, and that is our bug: ${words}`);
  const lines = words.split('\n');
  return { title: 'this is a bug of ours', phase: 'failed', may: null, lines };
}
