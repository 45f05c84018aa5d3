import type { PlannedItem } from '../../model/infra.ts';
import type { AppliedStep } from './applied-step.ts';

/**
 * What was planned, as the steps have left it: for who was interrupted, and looks no more. What was
 * not run, failed or was put back stands as it was planned.
 */
export function afterSteps(
  items: readonly PlannedItem[],
  steps: readonly AppliedStep[],
): readonly PlannedItem[] {
  const ended = (id: string | null, what: AppliedStep['what']): AppliedStep['state'] | null =>
    steps.find((one) => one.id === id && one.what === what)?.state ?? null;
  return items.map((one) => {
    const { item } = one;
    const served = ended(item.service, 'service');
    if (ended(item.id, 'write') !== 'done' || served === 'failed') return one;
    const isRead = served !== 'reload-needed';
    const done = { verdict: 'in-sync', action: isRead ? 'none' : 'left' } as const;
    const note = isRead ? '' : 'reload-needed: what runs was not started anew since it was written';
    return { ...one, change: null, item: { ...item, ...done, reloadNeeded: !isRead, note } };
  });
}
