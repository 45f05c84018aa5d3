import { UserError } from '../model/errors.ts';
import { type Command, isDumb } from './context.ts';
import { linear } from './linear.ts';
import { status } from './status.ts';
import { watchNetwork } from './watch.ts';

/** Without a verb: the cockpit on a terminal (`--plain`: as lines), else one sample; `--watch` streams. */
export const sampleOrCockpit: Command = async (context) => {
  const { headless, json, watch, plain, dryRun } = context.options;
  const isScreen = context.isTty && !isDumb(context);
  if (watch && !headless) {
    throw new UserError('--watch streams JSON lines', { hint: 'joelclaw --headless --watch' });
  }
  if (watch) return watchNetwork(context);
  if (headless || json || !context.isTty) return status(context);
  if (plain) return linear(context);
  if (!isScreen) return status(context);
  if (dryRun) {
    throw new UserError('--dry-run says nothing to the cockpit', {
      hint: 'joelclaw --read-only opens it without actions',
    });
  }
  return (await import('./cockpit.ts')).cockpit(context);
};
