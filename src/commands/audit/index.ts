import { UserError } from '../../model/errors.ts';
import type { Command } from '../context.ts';
import type { FlagName } from '../flags.ts';
import { auditLook } from './look.ts';

interface SubVerb {
  /** Flags of `audit` that say something to it. */
  readonly flags: readonly FlagName[];
  readonly run: (host: string) => Command;
}

const look: SubVerb = { flags: ['write'], run: auditLook };

const subVerbs: Readonly<Record<string, SubVerb>> = {};

const ofSome: readonly FlagName[] = ['write'];

/** `audit HOST`, and `audit VERB HOST`: what a host is, what it runs, and by what. */
export const audit: Command = async (context) => {
  const [, first, second] = context.options.words;
  const verbs = Object.keys(subVerbs).map((name) => `joelclaw audit ${name} HOST`);
  const hint = ['joelclaw audit HOST', ...verbs].join(', ');
  if (first === undefined) throw new UserError('audit wants a host', { hint });
  const named = Object.hasOwn(subVerbs, first) ? subVerbs[first] : undefined;
  const [verb, host] = named ? [named, second] : [look, first];
  if (host === undefined) {
    throw new UserError(`\`joelclaw audit ${first}\` wants a host`, { hint });
  }
  if (!named && second !== undefined) {
    throw new UserError(`there is no \`joelclaw audit ${first} ${second}\``, { hint });
  }
  for (const flag of context.options.given) {
    if (!ofSome.includes(flag) || verb.flags.includes(flag)) continue;
    const told = named ? `joelclaw audit ${first}` : 'joelclaw audit HOST';
    throw new UserError(`--${flag} says nothing to \`${told}\``, { hint: 'leave it out' });
  }
  return verb.run(host)(context);
};
