import { isToDo } from '../../actions/infra/apply-groups.ts';
import { FaultError, UserError } from '../../model/errors.ts';
import { type InfraItem, type PlannedItem, unreadable } from '../../model/infra.ts';
import { envelope } from '../../outputs/envelope.ts';
import { appliedText } from '../../outputs/infra-applied.ts';
import { infraJson, infraTable } from '../../outputs/infra-text.ts';
import { nextOfApplied, nextOfPlan } from '../../outputs/next-of-infra.ts';
import { type Command, headOf, sameNetwork, wantsColor } from '../context.ts';
import { isOfSystem, whyNotKept } from '../why-not-kept.ts';
import { afterSteps } from './after-steps.ts';
import { applyPlan, type WantedPlan } from './apply-plan.ts';
import { askPerson } from './ask-person.ts';
import type { Applied } from './carry-out-plan.ts';
import { takeInfra } from './infra-lock.ts';
import type { InfraPlan } from './make-plan.ts';
import { onlyNamed } from './only-named.ts';
import { leftByHand, type OpenInfra, withInfra } from './open-infra.ts';
import { planOf, tellGoingOn, tellUnfinished } from './plan-of.ts';
import { refreshAfter } from './refresh-after.ts';
import { readPlan, refuseStale } from './saved-plan-file.ts';
import { tellServing } from './tell-serving.ts';
import { validate } from './validate.ts';

/** `infra apply`: a plan, a yes, files and services one after another, and the proof. */
export const infraApply: Command = (context) =>
  withInfra(context, async (infra) => {
    const { dryRun, readOnly } = context.options;
    if (dryRun) return showOnly(infra);
    if (readOnly) throw refused('READ_ONLY', 'this is --read-only', 'leave that out');
    const lock = await takeInfra(infra.act, 'apply');
    try {
      return await planAndApply(infra).catch(notWritten);
    } finally {
      lock.release();
    }
  });

async function planAndApply(infra: OpenInfra): Promise<number> {
  const { context, open } = infra;
  const wanted = await wantedPlan(infra);
  const { plan, items } = wanted;
  tellUnfinished(plan.unfinished, context);
  const toDo = items.filter(isToDo);
  if (toDo.length > 0) {
    await validate(toDo, open, context);
    if (!context.options.json) {
      await context.write(infraTable(itemsOf(items), wantsColor(context)));
      await tellServing({ items, plan }, infra);
    }
    await askPerson(`apply ${toDo.map(({ item }) => item.id).join(', ')}?`, context);
  }
  const carried = await applyPlan(wanted, infra);
  if (carried === null) return tell(infra, { items, applied: null, id: null });
  await refreshAfter(toDo, infra);
  const after = context.signal.aborted
    ? afterSteps(items, carried.applied.steps)
    : onlyThese(await planOf(infra), items);
  return tell(infra, { items: after, ...carried });
}

/** What is to be done: by the command line, or by the saved plan that it names, which must not be stale. */
async function wantedPlan(infra: OpenInfra): Promise<WantedPlan> {
  const { context, open } = infra;
  const path = context.options.words[2];
  const saved = path === undefined ? null : await readPlan(path, context, open);
  const plan = await planOf(infra, saved?.wish);
  const items = onlyNamed(plan.items, saved?.wish ?? context.options);
  if (path !== undefined && saved !== null) await refuseStale(path, saved, { items, open });
  return { plan, items };
}

/** What is planned of the same items afterwards; what is gone by then is told no more. */
function onlyThese(plan: InfraPlan, items: readonly PlannedItem[]): readonly PlannedItem[] {
  const ids = new Set(items.map(({ item }) => item.id));
  return plan.items.filter(({ item }) => ids.has(item.id));
}

async function showOnly(infra: OpenInfra): Promise<number> {
  const { context } = infra;
  const { plan, items } = await wantedPlan(infra);
  await tellGoingOn(plan.unfinished, infra);
  await validate(items.filter(isToDo), infra.open, context);
  const code = await tell(infra, { items, applied: null, id: null });
  await tellServing({ items, plan }, infra);
  return code;
}

const itemsOf = (items: readonly PlannedItem[]): readonly InfraItem[] =>
  items.map(({ item }) => item);

interface Told {
  readonly items: readonly PlannedItem[];
  /** Null where nothing was to be done, or nothing was meant to. */
  readonly applied: Applied | null;
  readonly id: string | null;
}

async function tell({ context }: OpenInfra, { items, applied, id }: Told): Promise<number> {
  const code = exitCodeOf(items, applied, context.options.dryRun);
  const { json } = context.options;
  if (json) {
    const more =
      applied === null ? {} : { applyId: id, outcome: applied.outcome, steps: applied.steps };
    const result = { ...infraJson(itemsOf(items)), ...more };
    const where = sameNetwork(context);
    const nextActions =
      applied === null
        ? nextOfPlan(itemsOf(items), { where, planFile: context.options.words[2] ?? null })
        : nextOfApplied(itemsOf(items), applied, where);
    const answer = { schema: 'joelclaw.infra-apply/v1', ok: code === 0, result, nextActions };
    await context.write(envelope(headOf(context, 'infra apply'), answer));
    return code;
  }
  const color = wantsColor(context);
  if (applied !== null && id !== null) await context.write(appliedText({ id, ...applied }, color));
  else await context.write(infraTable(itemsOf(items), color));
  const left = leftByHand(items).map(({ item }) => `${item.id} (${item.verdict})`);
  if (left.length > 0) await context.write(`left as it stands: ${left.join(', ')}\n`);
  const unseen = unreadable(itemsOf(items)).map(({ id: one }) => one);
  if (unseen.length > 0) await context.write(`not looked at: ${unseen.join(', ')}\n`);
  else if (left.length === 0 && applied === null && !items.some(isToDo)) {
    await context.write('nothing to do\n');
  }
  return code;
}

/** What was left, or could not be looked at, is no whole success. */
function exitCodeOf(
  items: readonly PlannedItem[],
  applied: Applied | null,
  isDry: boolean,
): number {
  const { outcome = 'done', isStale = false } = applied ?? {};
  if (outcome === 'stuck') return 4;
  if (outcome === 'interrupted') return 130;
  if (outcome !== 'done') return isStale ? 6 : outcome === 'rolled-back' ? 3 : 1;
  if (unreadable(itemsOf(items)).length > 0) return 1;
  return !isDry && leftByHand(items).length > 0 ? 6 : 0;
}

function refused(code: string, message: string, hint: string): UserError {
  return new UserError(message, { code, hint, exitCode: 1 });
}

/** What keeps the record from being written is told in a line; no file was changed without it. */
export function notWritten(error: unknown): never {
  if (error instanceof UserError) throw error;
  if (!(error instanceof FaultError)) {
    if (!isOfSystem(error)) throw error;
    const hint = 'make room in the state folder; joelclaw infra history tells how far it came';
    throw refused('NOT_KEPT', `its journal cannot be kept: ${whyNotKept(error)}`, hint);
  }
  const { message, hint = 'look at its folder' } = error.fault;
  throw refused('NOT_KEPT', message, hint);
}
