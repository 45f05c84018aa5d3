import { UserError } from '../../model/errors.ts';
import type { Context } from '../context.ts';

/** Before anything is asked: with --read-only nothing is done, but what a --dry-run does (exit 2). */
export function refuseReadOnly(why: string, { options }: Pick<Context, 'options'>): void {
  if (!options.readOnly || options.dryRun) return;
  throw new UserError(`${why}: this is --read-only`, {
    ...{ code: 'READ_ONLY', exitCode: 2 },
    hint: 'leave that out',
  });
}
