import { UserError } from '../model/errors.ts';
import { acceptRegistered } from './accept-functions.ts';
import type { Command } from './context.ts';
import { functionsTab } from './tabs.ts';

/** The functions as a table or as JSON; `accept` makes what is registered now the measure. */
export const functions: Command = async (context) => {
  const [, verb] = context.options.words;
  if (verb === undefined) return functionsTab(context);
  if (verb === 'accept') return acceptRegistered(context);
  throw new UserError(`there is no \`joelclaw functions ${verb}\``, {
    hint: 'joelclaw functions accept',
  });
};
