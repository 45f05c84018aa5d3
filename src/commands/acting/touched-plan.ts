import type { Plan } from '../../model/plan.ts';
import type { ActGround } from './prepared.ts';
import { heldNow, lastTouched, type Touched, type Unit } from './unit-state.ts';

/** A plan with when its unit was acted on last, and with who is at it now, where that is known. */
export async function withTouched<Planned extends { readonly plan: Plan }>(
  unit: Unit,
  planBy: (lastStartedMs: number | null) => Planned,
  ground: ActGround,
): Promise<{ readonly planned: Planned; readonly touched: Touched }> {
  const { stateFolder } = ground.open;
  const touched = await lastTouched(stateFolder, unit, ground);
  const planned = planBy(touched.startedMs);
  // What was tried a moment ago may still go on.
  const isRecent = planned.plan.refusals.some(({ code }) => code === 'COOL_DOWN');
  const held = isRecent ? await heldNow(stateFolder, unit, ground) : null;
  if (held === null) return { planned, touched };
  return { planned: { ...planned, plan: { ...planned.plan, refusals: [held] } }, touched };
}
