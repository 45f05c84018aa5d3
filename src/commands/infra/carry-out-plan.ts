import { type ApplyGroup, applyGroups } from '../../actions/infra/apply-groups.ts';
import type { ApplyOutcome } from '../../model/apply-log.ts';
import type { PlannedItem } from '../../model/infra.ts';
import type { Report } from '../../model/report.ts';
import { type ApplyGround, journal } from './apply-ground.ts';
import { applyGroup } from './apply-group.ts';

/** What became of an item or a service: what an answer tells of each step. */
export interface AppliedStep {
  readonly id: string;
  readonly what: 'write' | 'service';
  readonly state: 'done' | 'failed' | 'rolled-back' | 'not-run' | 'reload-needed';
  readonly note: string;
}

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
  ground: ApplyGround,
): Promise<Applied> {
  const { act, store, id, undoes } = ground;
  const groups = applyGroups(act.open.network.inventory, items, ground.own);
  const names = groups.flatMap((group) => group.items.map(({ item }) => item.id));
  await store.begin(id);
  await journal(ground, { type: 'begin', actor: act.actor, undoes, items: names });
  const steps: AppliedStep[] = [];
  let end: Omit<Applied, 'steps'> = { outcome: 'done', isStale: false };
  for (const group of groups) {
    if (end.outcome === 'done' && ground.signal.aborted) end = { ...end, outcome: 'interrupted' };
    if (end.outcome !== 'done') {
      steps.push(...notRun(group));
      continue;
    }
    const done = await applyGroup(group, report, ground);
    steps.push(...done.steps);
    end = done;
  }
  const { outcome, isStale } = end;
  await journal(ground, { type: 'end', outcome });
  return { outcome, isStale, steps };
}

function notRun({ items }: ApplyGroup): readonly AppliedStep[] {
  return items.map(({ item }) => ({ id: item.id, what: 'write', state: 'not-run', note: '' }));
}
