import { servingText } from '../../outputs/infra-question.ts';
import type { WantedPlan } from './apply-plan.ts';
import type { OpenInfra } from './open-infra.ts';
import { planServing } from './plan-serving.ts';

/** Says in words, and nothing to a program, what an apply of these would start anew, and how. */
export async function tellServing({ items, plan }: WantedPlan, infra: OpenInfra): Promise<void> {
  const { context } = infra;
  if (context.options.json) return;
  const report = plan.report;
  const told = servingText(await planServing({ items, report, seen: null }, infra));
  if (told !== '') await context.write(told);
}
