import type { ApplyLog } from '../../model/apply-log.ts';
import type { Context } from '../context.ts';
import { interrupted } from '../take-sample.ts';
import { infraHeld } from './infra-lock.ts';
import { type InfraPlan, makePlan, type PlanWish } from './make-plan.ts';
import type { OpenInfra } from './open-infra.ts';

/** The plan that a command line wishes, or a saved plan did, within its `--timeout`. */
export async function planOf(
  { open, store, context }: OpenInfra,
  { overwriteDrift, prune }: PlanWish = context.options,
): Promise<InfraPlan> {
  const { timeoutMs } = context.options;
  const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), context.signal]);
  const plan = await makePlan({ open, store, timeoutMs, signal }, { overwriteDrift, prune });
  if (context.signal.aborted) throw interrupted();
  return plan;
}

/** An apply that did not end goes on in another process, which is named, or was killed. */
export async function tellGoingOn(
  logs: readonly ApplyLog[],
  { act, context }: OpenInfra,
): Promise<void> {
  const held = logs.length > 0 ? await infraHeld(act) : null;
  if (held === null) tellUnfinished(logs, context);
  else context.warn(`${held}: what is told here may change`);
}

/** One that was killed is told, with what can be done about it. */
export function tellUnfinished(logs: readonly ApplyLog[], { warn }: Pick<Context, 'warn'>): void {
  for (const { id, actor, writes, undoes } of logs) {
    const done = writes.filter(({ isDone }) => isDone).length;
    const begun = `${done} of ${writes.length} writes that it began are known to be done`;
    const how = undoes
      ? `joelclaw infra rollback ${undoes} finishes it`
      : `joelclaw infra apply finishes it, joelclaw infra rollback ${id} undoes it`;
    const what = undoes ? `rollback ${id} of apply ${undoes}` : `apply ${id}`;
    warn(`${what}, by ${actor}, did not end (${begun}): ${how}`);
  }
}
