import type { ApplyGroup } from '../../actions/infra/apply-groups.ts';
import type { Report } from '../../model/report.ts';
import { dropAdoption } from './adoption-file.ts';
import type { AppliedStep } from './applied-step.ts';
import type { ApplyGround } from './apply-ground.ts';
import { applyGroup } from './apply-group.ts';
import type { Applied } from './carry-out-plan.ts';
import { giveBack, type PendingTakeover, pendingTakeover, takeOver } from './take-over.ts';

/**
 * The files of one service, of which something else may have to be ended first: what was seen is ended,
 * the unit is written, started and proved, and when any of that fails what ran before runs again.
 */
export async function applyAdopted(
  group: ApplyGroup,
  report: Report,
  ground: ApplyGround,
): Promise<Applied> {
  const pending = await pendingTakeover(group, ground);
  if (pending === null) return applyGroup(group, report, ground);
  if (typeof pending === 'string') return notApplied(group, pending);
  const { adoption } = pending.takeover;
  const failed = await takeOver(pending, ground);
  const applied =
    failed === null ? await applyGroup(group, report, ground) : notApplied(group, failed);
  if (applied.outcome !== 'done') return undone(pending, applied, ground);
  await dropAdoption(ground.act.open, adoption.service);
  const { kind, name } = adoption.manager;
  const note = `has taken over from ${kind}${name === null ? '' : ` ${name}`}`;
  return { ...applied, steps: [...applied.steps, ofService(adoption.service, 'done', note)] };
}

async function undone(
  { takeover, apply }: PendingTakeover,
  applied: Applied,
  { act, store, tell }: ApplyGround,
): Promise<Applied> {
  // Its journal names what it keeps the environment under.
  const logged = (await store.list()).find(({ id }) => id === apply)?.takeovers ?? [];
  const { service } = takeover.adoption;
  const kept = logged.find(({ adoption }) => adoption.service === service) ?? takeover;
  const back = await giveBack(kept, { act, store, apply, tell });
  const step = ofService(
    service,
    back === null ? 'rolled-back' : 'failed',
    back ?? 'what ran before runs again',
  );
  const isBack = back === null && applied.outcome !== 'stuck';
  return { ...applied, outcome: isBack ? 'rolled-back' : 'stuck', steps: [...applied.steps, step] };
}

function notApplied({ service, items }: ApplyGroup, note: string): Applied {
  const steps = items.map(
    ({ item }): AppliedStep => ({ id: item.id, what: 'write', state: 'not-run', note: '' }),
  );
  const failed = service === null ? [] : [ofService(service.id, 'failed', note)];
  return { outcome: 'failed', isStale: false, steps: [...steps, ...failed] };
}

function ofService(id: string, state: AppliedStep['state'], note: string): AppliedStep {
  return { id, what: 'service', state, note };
}
