import { isToDo } from '../../actions/infra/apply-groups.ts';
import { type ApplyLog, hasChanged } from '../../model/apply-log.ts';
import { UserError } from '../../model/errors.ts';
import type { PlannedItem } from '../../model/infra.ts';
import { envelope } from '../../outputs/envelope.ts';
import { appliedText } from '../../outputs/infra-applied.ts';
import { infraJson, infraTable } from '../../outputs/infra-text.ts';
import { nextOfApplied } from '../../outputs/next-of-infra.ts';
import { type Command, headOf, sameNetwork, wantsColor } from '../context.ts';
import { notWritten } from './apply.ts';
import { type ApplyGround, finishing } from './apply-ground.ts';
import { askPerson } from './ask-person.ts';
import { type Applied, carryOutPlan } from './carry-out-plan.ts';
import { giveAllBack, keepAllAdoptions, withoutServices } from './give-all-back.ts';
import { takeInfra } from './infra-lock.ts';
import { recordKeeper } from './keep-record.ts';
import { readRecord, unitReport } from './make-plan.ts';
import { newApplyId, type OpenInfra, withInfra } from './open-infra.ts';
import { ownService } from './own-service.ts';
import { refreshAfter } from './refresh-after.ts';
import { rollbackItems } from './rollback-items.ts';
import { settled, unfinishedOf } from './unfinished.ts';

/** `infra rollback [ID]`: what an apply has changed becomes what it was, and what runs with it. */
export const infraRollback: Command = (context) =>
  withInfra(context, async (infra) => {
    const { readOnly, dryRun } = context.options;
    if (readOnly && !dryRun) {
      throw new UserError('this is --read-only', {
        code: 'READ_ONLY',
        hint: 'leave that out',
        exitCode: 1,
      });
    }
    return rollBackHere(infra);
  });

/** Under the lock of all files. */
export async function rollBackHere(infra: OpenInfra): Promise<number> {
  const lock = await takeInfra(infra.act, 'rollback');
  try {
    return await rollBack(infra).catch(notWritten);
  } finally {
    lock.release();
  }
}

async function rollBack(infra: OpenInfra): Promise<number> {
  const { open, store, context, act } = infra;
  const logs = await store.list();
  const log = chosen(logs, context.options.words[2] ?? null);
  const { timeoutMs, signal, dryRun, json, noRestart } = {
    ...context.options,
    signal: context.signal,
  };
  const options = { timeoutMs, signal };
  const left = { open, store, options };
  const items = withoutServices(await rollbackItems(log, left), log);
  const owed = log.takeovers;
  const shown = items.map(({ item }) => item);
  if (!json && items.length > 0) await context.write(infraTable(shown, wantsColor(context)));
  const isNothing = !items.some(isToDo) && owed.length === 0;
  if (!dryRun && !isNothing) await askPerson(`take back apply ${log.id}?`, context);
  if (dryRun || isNothing) {
    if (!dryRun) await end(log, infra);
    return tell(infra, items, null);
  }
  const kept = await readRecord({ open, store, timeoutMs, signal });
  const record = recordKeeper(open, kept);
  const isUnfinished = log.outcome === null;
  if (isUnfinished) await record.replace(await settled(kept.applied, [log], left));
  const own = await ownService(open.network.inventory, context);
  const report = await unitReport({ open, signal });
  const id = newApplyId(open);
  const ground: ApplyGround = {
    ...{
      act: { ...act, signal: finishing.signal },
      signal,
      store,
      record,
      id,
      undoes: log.id,
      noRestart,
      own,
      tell: infra.tell,
    },
  };
  await keepAllAdoptions(log, ground);
  const carried = await carryOutPlan({ items, report }, ground);
  const applied = carried.outcome === 'done' ? await giveAllBack(log, carried, ground) : carried;
  if (applied.outcome === 'done') await end(log, infra);
  await refreshAfter(items, infra);
  return tell(infra, items, { id, ...applied });
}

/** An apply that did not end has ended when it is taken back, and so has a rollback of it that was killed. */
async function end({ id, outcome }: ApplyLog, { store, open }: OpenInfra): Promise<void> {
  const at = new Date(open.transports.clock.now()).toISOString();
  if (outcome === null) await store.append(id, { type: 'end', at, outcome: 'rolled-back' });
  for (const killed of await unfinishedOf(store)) {
    if (killed.undoes !== id) continue;
    await store.append(killed.id, { type: 'end', at, outcome: 'resumed' });
  }
}

/** The last apply that has changed something and was not taken back. */
export async function lastApply({ store }: OpenInfra): Promise<ApplyLog> {
  return chosen(await store.list(), null);
}

/** The apply that is named, else the last one that has changed something and was not taken back. */
function chosen(logs: readonly ApplyLog[], id: string | null): ApplyLog {
  const undone = new Set(
    logs.flatMap(({ undoes, outcome }) => (outcome === 'done' ? (undoes ?? []) : [])),
  );
  const mayBe = logs.filter(
    (log) =>
      log.outcome !== 'adopted' &&
      hasChanged(log) &&
      (!undone.has(log.id) || log.takeovers.length > 0),
  );
  const found =
    id === null
      ? mayBe.findLast((log) => log.undoes === null)
      : (mayBe.find((log) => log.id === id) ?? logs.find((log) => log.id === id && isOpen(log)));
  if (found) return found;
  if (id === null) {
    throw new UserError('there is no apply to take back', {
      ...{ code: 'NOTHING_APPLIED', exitCode: 1 },
      hint: 'joelclaw infra history tells what there was',
    });
  }
  const isKnown = logs.some((log) => log.id === id);
  throw new UserError(
    isKnown ? `of apply ${id} there is nothing to take back` : `there is no apply ${id}`,
    {
      hint: 'joelclaw infra history names them',
    },
  );
}

/** It did not live to its end, and has changed nothing: that end is all that it lacks. */
function isOpen({ outcome }: ApplyLog): boolean {
  return outcome === null;
}

async function tell(
  { context }: OpenInfra,
  items: readonly PlannedItem[],
  applied: (Applied & { readonly id: string }) | null,
): Promise<number> {
  const stays = !context.options.dryRun && items.some(({ item }) => item.action === 'left');
  const code = exitCodeOf(applied, stays);
  if (context.options.json) {
    const more = applied && { applyId: applied.id, outcome: applied.outcome, steps: applied.steps };
    const result = { ...infraJson(items.map(({ item }) => item)), ...more };
    const nextActions = applied === null ? [] : nextOfApplied([], applied, sameNetwork(context));
    const answer = { schema: 'joelclaw.infra-rollback/v1', ok: code === 0, result, nextActions };
    await context.write(envelope(headOf(context, 'infra rollback'), answer));
  } else if (applied) await context.write(appliedText(applied, wantsColor(context)));
  else if (items.length === 0) await context.write('all of it is as it was before already\n');
  return code;
}

/** What an apply has made in a cluster stays: that is no whole rollback. */
function exitCodeOf(applied: Applied | null, stays: boolean): number {
  if (applied === null || applied.outcome === 'done') return stays ? 6 : 0;
  if (applied.outcome === 'stuck') return 4;
  if (applied.outcome === 'interrupted') return 130;
  return applied.isStale ? 6 : applied.outcome === 'rolled-back' ? 3 : 1;
}
