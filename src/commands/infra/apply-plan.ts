import { isToDo } from '../../actions/infra/apply-groups.ts';
import type { PlannedItem } from '../../model/infra.ts';
import { type ApplyGround, finishing } from './apply-ground.ts';
import { type Applied, carryOutPlan } from './carry-out-plan.ts';
import { recordKeeper } from './keep-record.ts';
import { keepSilently } from './keep-silently.ts';
import type { InfraPlan } from './make-plan.ts';
import { newApplyId, type OpenInfra } from './open-infra.ts';
import { ownService } from './own-service.ts';

/** What is to be done of a plan: all of its items, or those that were named. */
export interface WantedPlan {
  readonly plan: InfraPlan;
  readonly items: readonly PlannedItem[];
}

/** What became of a plan that was carried out, and by which apply. */
export interface Carried {
  readonly id: string;
  readonly applied: Applied;
}

/**
 * Carries out what was agreed to, under the lock of whoever calls; null where nothing was to be done
 * but to keep what is so already. Whoever calls has what was touched looked at again.
 */
export async function applyPlan(
  { plan, items }: WantedPlan,
  infra: OpenInfra,
  { onGroup }: Pick<ApplyGround, 'onGroup'> = {},
): Promise<Carried | null> {
  const { open, context, store, act, tell } = infra;
  const toDo = items.filter(isToDo);
  const record = recordKeeper(open, plan.kept);
  await keepSilently(items, { infra, plan, record });
  if (toDo.length === 0) return null;
  const id = newApplyId(open);
  const ground: ApplyGround = {
    act: { ...act, signal: finishing.signal },
    signal: context.signal,
    noRestart: context.options.noRestart,
    own: await ownService(open.network.inventory, context),
    ...{ store, record, id, undoes: null, tell, ...(onGroup ? { onGroup } : {}) },
  };
  const applied = await carryOutPlan({ items, report: plan.report }, ground);
  return { id, applied };
}
