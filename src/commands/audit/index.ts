import { UserError } from '../../model/errors.ts';
import type { Command } from '../context.ts';
import type { FlagName } from '../flags.ts';
import { auditAccept } from './accept.ts';
import { auditAdopt } from './adopt.ts';
import { auditDiff } from './diff.ts';
import { auditLook } from './look.ts';
import { auditTrust } from './trust/trust.ts';

interface SubVerb {
  /** Flags of `audit` that say something to it. */
  readonly flags: readonly FlagName[];
  readonly run: (host: string, more: string | null) => Command;
  /** What may follow the host. */
  readonly more?: string;
}

const look: SubVerb = { flags: ['write', 'verify'], run: auditLook };
const adoption: SubVerb = { flags: ['adopt', 'strict', 'yes'], run: auditAdopt };

const subVerbs: Readonly<Record<string, SubVerb>> = {
  accept: { flags: ['yes'], run: auditAccept, more: 'ID' },
  diff: { flags: [], run: auditDiff },
  trust: { flags: ['yes', 'fingerprint', 'replace'], run: auditTrust },
};

const ofSome: readonly FlagName[] = [
  'yes',
  'write',
  'verify',
  'fingerprint',
  'replace',
  'adopt',
  'strict',
];

/** `audit HOST`, and `audit VERB HOST`: what a host is, what it runs, and by what. */
export const audit: Command = async (context) => {
  const [, first, second, third] = context.options.words;
  const verbs = Object.keys(subVerbs).map((name) => `joelclaw audit ${name} HOST`);
  const hint = ['joelclaw audit HOST', ...verbs].join(', ');
  if (first === undefined) throw new UserError('audit wants a host', { hint });
  const named = Object.hasOwn(subVerbs, first) ? subVerbs[first] : undefined;
  const unnamed = context.options.adopt === null ? look : adoption;
  const [verb, host, more] = named ? [named, second, third] : [unnamed, first, second];
  if (host === undefined) {
    throw new UserError(`\`joelclaw audit ${first}\` wants a host`, { hint });
  }
  if (more !== undefined && verb.more === undefined) {
    const words = named ? `${first} ${host} ${more}` : `${first} ${more}`;
    throw new UserError(`there is no \`joelclaw audit ${words}\``, { hint });
  }
  for (const flag of context.options.given) {
    if (!ofSome.includes(flag) || verb.flags.includes(flag)) continue;
    const told = named ? first : verb === adoption ? 'HOST --adopt SERVICE' : 'HOST';
    throw new UserError(`--${flag} says nothing to \`joelclaw audit ${told}\``, {
      hint: 'leave it out',
    });
  }
  return verb.run(host, more ?? null)(context);
};
