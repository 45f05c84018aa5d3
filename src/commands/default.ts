import { UserError } from '../model/errors.ts';
import { type Command, isDumb } from './context.ts';
import { showOpening } from './opening/show-opening.ts';

/**
 * Without a verb: the cockpit on a terminal (`--plain`: as lines), else one sample; `--watch` streams.
 * Each is loaded when it is known to be the one: a terminal shows what was last known meanwhile.
 */
export const sampleOrCockpit: Command = async (context) => {
  const { headless, json, watch, plain, dryRun } = context.options;
  const isScreen = context.isTty && !isDumb(context);
  if (watch && !headless) {
    throw new UserError('--watch streams JSON lines', { hint: 'joelclaw --headless --watch' });
  }
  if (watch) return (await import('./on-network.ts')).watchNetwork(context);
  if (headless || json || !context.isTty) return (await import('./on-network.ts')).status(context);
  if (plain) return (await import('./on-network.ts')).linear(context);
  if (!isScreen) return (await import('./on-network.ts')).status(context);
  if (dryRun) {
    throw new UserError('--dry-run says nothing to the cockpit', {
      hint: 'joelclaw --read-only opens it without actions',
    });
  }
  const opening = await showOpening(context);
  try {
    const { cockpit } = await import('./cockpit.ts');
    return await cockpit(context, opening);
  } finally {
    opening?.close();
  }
};
