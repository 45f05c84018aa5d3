import { UserError } from '../../model/errors.ts';
import { nearest } from '../../model/nearest.ts';
import type { Command } from '../context.ts';
import type { FlagName } from '../flags.ts';
import { infraAdopt } from './adopt.ts';
import { infraApply } from './apply.ts';
import { infraHistory } from './history.ts';
import { infraRollback } from './rollback.ts';
import { infraDiffCommand, infraDrift, infraPlan } from './show-plan.ts';

interface SubVerb {
  readonly words: 0 | 1;
  /** Flags of `infra` that say something to it. */
  readonly flags: readonly FlagName[];
  readonly run: Command;
}

const subVerbs: Readonly<Record<string, SubVerb>> = {
  plan: {
    words: 0,
    flags: ['detailed-exitcode', 'overwrite-drift', 'prune', 'only', 'out'],
    run: infraPlan,
  },
  diff: { words: 0, flags: ['detailed-exitcode', 'only'], run: infraDiffCommand },
  apply: {
    words: 1,
    flags: ['yes', 'only', 'overwrite-drift', 'no-restart', 'prune', 'force', 'dry-run'],
    run: infraApply,
  },
  drift: { words: 0, flags: ['only'], run: infraDrift },
  adopt: { words: 1, flags: ['yes', 'dry-run'], run: infraAdopt },
  rollback: { words: 1, flags: ['yes', 'no-restart', 'force', 'dry-run'], run: infraRollback },
  history: { words: 0, flags: [], run: infraHistory },
};

const ofSome: readonly FlagName[] = [
  'detailed-exitcode',
  'overwrite-drift',
  'prune',
  'only',
  'out',
  'no-restart',
  'yes',
  'force',
  'dry-run',
];

/** `infra VERB`: from what the repo says to what runs, and the drift between them. */
export const infra: Command = async (context) => {
  const [, name, ...words] = context.options.words;
  const all = Object.keys(subVerbs).join(' · ');
  if (name === undefined) throw new UserError('what of infra?', { hint: `joelclaw infra ${all}` });
  const verb = Object.hasOwn(subVerbs, name) ? subVerbs[name] : undefined;
  if (!verb) {
    const near = nearest(name, Object.keys(subVerbs));
    const hint =
      near === null ? `joelclaw infra ${all}` : `did you mean \`joelclaw infra ${near}\`?`;
    throw new UserError(`there is no \`joelclaw infra ${name}\``, { hint });
  }
  if (words.length > verb.words) {
    throw new UserError(`\`joelclaw infra ${name}\` takes no word ${words.at(-1)}`, {
      hint: `joelclaw infra ${name}${verb.words === 1 ? ` ${name === 'apply' ? 'FILE' : 'ID'}` : ''}`,
    });
  }
  for (const flag of context.options.given) {
    if (!ofSome.includes(flag) || verb.flags.includes(flag)) continue;
    throw new UserError(`--${flag} says nothing to \`joelclaw infra ${name}\``, {
      hint: 'leave it out',
    });
  }
  return verb.run(context);
};
