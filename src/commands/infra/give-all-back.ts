import type { ApplyLog } from '../../model/apply-log.ts';
import type { PlannedItem } from '../../model/infra.ts';
import { keepAdoption } from './adoption-file.ts';
import type { ApplyGround } from './apply-ground.ts';
import type { Applied } from './carry-out-plan.ts';
import { giveBack } from './take-over.ts';

/** The files of what is given back are only written: nothing is started of them, as the old is. */
export function withoutServices(
  items: readonly PlannedItem[],
  { takeovers }: Pick<ApplyLog, 'takeovers'>,
): readonly PlannedItem[] {
  const given = new Set(takeovers.map(({ adoption }) => adoption.service));
  return items.map((one) =>
    one.item.service !== null && given.has(one.item.service)
      ? { ...one, item: { ...one.item, service: null } }
      : one,
  );
}

/**
 * Has what an apply has ended wait to be adopted again, before any of it is taken back: an apply after a
 * rollback that was killed takes it over, and after one that was not ends nothing but says how to look anew.
 */
export async function keepAllAdoptions(
  { takeovers }: Pick<ApplyLog, 'takeovers'>,
  { act }: Pick<ApplyGround, 'act'>,
): Promise<void> {
  for (const { adoption } of takeovers) await keepAdoption(act.open, adoption);
}

/** Brings back all that an apply has ended, after its files are as they were. */
export async function giveAllBack(
  log: Pick<ApplyLog, 'id' | 'takeovers'>,
  applied: Applied,
  { act, store, tell }: ApplyGround,
): Promise<Applied> {
  let all = applied;
  for (const takeover of log.takeovers) {
    const failed = await giveBack(takeover, { act, store, tell, apply: log.id });
    const { service } = takeover.adoption;
    const { kind, name } = takeover.adoption.manager;
    const note = failed ?? `${kind}${name === null ? '' : ` ${name}`} runs it again`;
    const state = failed === null ? 'done' : 'failed';
    const step = { id: service, what: 'service', state, note } as const;
    const outcome = failed === null ? all.outcome : 'stuck';
    all = { ...all, outcome, steps: [...all.steps, step] };
  }
  return all;
}
