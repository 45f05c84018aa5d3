import type { Plan, Refusal } from '../../model/plan.ts';
import type { ActGround, Prepared } from './prepared.ts';

/**
 * Looks again after a yes: what was shown may be true no more. A plan that has become another than the
 * one that was agreed to is refused; what speaks against it of itself is for who carries it out.
 */
export async function prepareAgain(
  shown: Prepared,
  ground: ActGround,
): Promise<Prepared | Refusal> {
  const again = await shown.again(ground);
  const { plan } = again;
  const standing = plan.refusals.some(({ canForce }) => !(canForce && ground.force));
  return standing || isSame(shown.plan, plan) ? again : changed(plan);
}

/** Nothing more is run, and nothing more is overridden, than was agreed to. */
function isSame(shown: Plan, now: Plan): boolean {
  const known = new Set(shown.refusals.map(({ code }) => code));
  return (
    shown.commands.join('\n') === now.commands.join('\n') &&
    now.refusals.every(({ code }) => known.has(code))
  );
}

function changed({ commands, refusals, needless }: Plan): Refusal {
  const why = needless === null ? [] : [needless];
  const now = [...refusals.map(({ message }) => message), ...why, ...commands].join('; ');
  return {
    ...{ code: 'CHANGED', canForce: false },
    message: `it has become another plan since: ${now}`,
    hint: 'plan it again',
  };
}
