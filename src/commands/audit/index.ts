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

const look: SubVerb = {
  flags: ['write', 'verify', 'adopt', 'strict', 'yes'],
  run: lookOrAdopt,
};

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

function lookOrAdopt(host: string): Command {
  return (context) => (context.options.adopt === null ? auditLook : auditAdopt)(host)(context);
}

/** `audit HOST`, and `audit VERB HOST`: what a host is, what it runs, and by what. */
export const audit: Command = async (context) => {
  const [, first, second, third] = context.options.words;
  const verbs = Object.keys(subVerbs).map((name) => `joelclaw audit ${name} HOST`);
  const hint = ['joelclaw audit HOST', ...verbs].join(', ');
  if (first === undefined) throw new UserError('audit wants a host', { hint });
  const named = Object.hasOwn(subVerbs, first) ? subVerbs[first] : undefined;
  const [verb, host, more] = named ? [named, second, third] : [look, first, second];
  if (host === undefined) {
    throw new UserError(`\`joelclaw audit ${first}\` wants a host`, { hint });
  }
  if (more !== undefined && verb.more === undefined) {
    const words = named ? `${first} ${host} ${more}` : `${first} ${more}`;
    throw new UserError(`there is no \`joelclaw audit ${words}\``, { hint });
  }
  for (const flag of context.options.given) {
    if (!ofSome.includes(flag) || verb.flags.includes(flag)) continue;
    const told = named ? `joelclaw audit ${first}` : 'joelclaw audit HOST';
    throw new UserError(`--${flag} says nothing to \`${told}\``, { hint: 'leave it out' });
  }
  return verb.run(host, more ?? null)(context);
};
