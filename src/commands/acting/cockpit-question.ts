import type { Wish } from '../../actions/plan-refusals.ts';
import { offerName } from '../../outputs/offers-text.ts';
import { planText } from '../../outputs/plan-text.ts';
import type { ActionView } from '../../tui/action-view.ts';
import type { StepBlock } from '../../tui/step-rows.ts';
import { blocksIn } from './plan-steps.ts';
import type { Prepared } from './prepared.ts';

/** `delete-pod redis-0 panda/redis`, `restart 7: panda/redis, …` */
export function titleOf({ verb, object }: Wish, ids: readonly string[]): string {
  const count = ids.length > 1 ? ` ${ids.length}:` : '';
  return `${offerName({ action: verb, object })}${count} ${ids.join(', ')}`;
}

/** All plans, those that something speaks against first; of several all are named before. */
export function questionLines(all: readonly Prepared[]): readonly string[] {
  const stopped = all.filter(isStopped);
  const names = all.map(({ id }) => id).join(', ');
  const head =
    all.length > 1 ? [`${all.length} of them: ${names}`, ...stopped.map(whyNot), ''] : [];
  return [...head, ...inOrder(all).flatMap(planLines)];
}

/** The steps in them, as data. */
export function questionSteps(all: readonly Prepared[]): readonly StepBlock[] {
  return blocksIn(
    questionLines(all),
    inOrder(all).map(({ plan }) => plan),
  );
}

function inOrder(all: readonly Prepared[]): readonly Prepared[] {
  return [...all.filter(isStopped), ...all.filter((one) => !isStopped(one))];
}

function isStopped({ plan }: Prepared): boolean {
  return plan.refusals.length > 0;
}

/** Of several all are named. */
export function nameOf(all: readonly Prepared[]): string | null {
  const names = all.flatMap(({ plan }) => plan.wantsName ?? []);
  return names.length > 0 ? names.join(' ') : null;
}

export function mayOf(all: readonly Prepared[]): ActionView['may'] {
  const refusals = all.flatMap(({ plan }) => plan.refusals);
  const isNeedless = all.every(({ plan }) => plan.needless !== null);
  if (isNeedless || refusals.some(({ canForce }) => !canForce)) return null;
  return refusals.length > 0 ? 'force' : 'act';
}

/** Named first: what keeps one of several keeps all. */
function whyNot({ id, plan: { refusals } }: Prepared): string {
  const word = refusals.some(({ canForce }) => !canForce) ? 'not' : 'against';
  return `  ${word.padEnd(9)} ${id}: ${refusals.map(({ message }) => message).join('; ')}`;
}

function planLines({ plan }: Prepared): readonly string[] {
  return planText(plan, 'F').trimEnd().split('\n');
}
