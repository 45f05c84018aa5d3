import type { Wish } from '../../actions/plan-refusals.ts';
import { offerName } from '../../outputs/offers-text.ts';
import { planText } from '../../outputs/plan-text.ts';
import type { ActionView } from '../../tui/action-view.ts';
import type { Prepared } from './prepare-deed.ts';

/** `delete-pod redis-0 panda/redis` */
export function titleOf({ verb, object }: Wish, ids: readonly string[]): string {
  return `${offerName({ action: verb, object })} ${ids.join(', ')}`;
}

/** Of several all are named. */
export function nameOf(all: readonly Prepared[]): string | null {
  const names = all.flatMap(({ planned }) => planned.plan.wantsName ?? []);
  return names.length > 0 ? names.join(' ') : null;
}

export function mayOf(all: readonly Prepared[]): ActionView['may'] {
  const refusals = all.flatMap(({ planned }) => planned.plan.refusals);
  const isNeedless = all.every(({ planned }) => planned.plan.needless !== null);
  if (isNeedless || refusals.some(({ canForce }) => !canForce)) return null;
  return refusals.length > 0 ? 'force' : 'act';
}

export function planLines({ planned }: Prepared): readonly string[] {
  return planText(planned.plan).trimEnd().split('\n');
}
