import { type ApplyGroup, applyGroups } from '../../actions/infra/apply-groups.ts';
import type { ApplyOutcome } from '../../model/apply-log.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { Report } from '../../model/report.ts';
import type { AppliedStep } from './applied-step.ts';
import { applyAdopted } from './apply-adopted.ts';
import { type ApplyGround, journal } from './apply-ground.ts';
import { hideEnvValues } from './hide-env-values.ts';

/** What an apply came to; `isStale` where something had become another one since it was looked at. */
export interface Applied {
  readonly outcome: ApplyOutcome;
  readonly isStale: boolean;
  readonly steps: readonly AppliedStep[];
}

/**
 * Carries out what was agreed to, one service after another, up to the first that fails; that one is
 * put back as it was. What was done and what was not is told of each.
 */
export async function carryOutPlan(
  { items, report }: { readonly items: readonly PlannedItem[]; readonly report: Report },
  given: ApplyGround,
): Promise<Applied> {
  const { ground, clean } = await hideEnvValues(given, items);
  const { act, store, id, undoes } = ground;
  const groups = applyGroups(act.open.network.inventory, items, ground.own);
  const names = groups.flatMap((group) => group.items.map(({ item }) => item.id));
  await store.begin(id);
  await journal(ground, { type: 'begin', actor: act.actor, undoes, items: names });
  const steps: AppliedStep[] = [];
  let end: Omit<Applied, 'steps'> = { outcome: 'done', isStale: false };
  for (const [index, group] of groups.entries()) {
    if (end.outcome === 'done' && ground.signal.aborted) end = { ...end, outcome: 'interrupted' };
    if (end.outcome !== 'done') {
      steps.push(...notRun(group));
      continue;
    }
    ground.onGroup?.({
      done: [...steps],
      now: idsOf(group),
      waiting: groups.slice(index + 1).map(idsOf),
    });
    const done = await applyAdopted(group, report, ground);
    steps.push(...done.steps.map((step) => ({ ...step, note: clean(step.note) })));
    end = done;
  }
  const { outcome, isStale } = end;
  await journal(ground, { type: 'end', outcome });
  return { outcome, isStale, steps };
}

function idsOf({ items }: ApplyGroup): readonly string[] {
  return items.map(({ item }) => item.id);
}

function notRun({ items }: ApplyGroup): readonly AppliedStep[] {
  return items.map(({ item }) => ({ id: item.id, what: 'write', state: 'not-run', note: '' }));
}
