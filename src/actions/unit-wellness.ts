import type { JsonObject } from '../model/json.ts';
import { isJsonObject } from '../model/json.ts';
import type { ServiceReport } from '../model/report.ts';
import { classOf, type StateClass } from '../model/state.ts';
import { unitCheckOf } from './unit-mark.ts';

/**
 * How a service is after an action, by its own checks. A loop of before is told for a while, also of a
 * unit that is well now: `degraded` is good here. Where a check could not be made nothing is known.
 */
export function wellnessOf(service: ServiceReport): StateClass {
  const unit = unitCheckOf(service);
  const { checks } = service;
  if (checks.some(({ state }) => state === 'down')) return 'bad';
  if (!unit || checks.some(({ state }) => classOf(state) === 'unmeasured')) return 'unmeasured';
  if (unit.kind === 'k8s') return unit.state === 'up' && isRolledOut(unit.facts) ? 'good' : 'bad';
  return unit.state === 'n/a' ? 'unmeasured' : 'good';
}

/** Between two pods of a rollout all may be ready, and the next one has still to go. */
function isRolledOut(facts: JsonObject): boolean {
  const { rollingTo, isBehind, updatedReplicas, wanted } = facts;
  const stages = isJsonObject(facts['stages']) ? facts['stages'] : {};
  const isMoving = ['coming', 'leaving', 'broken', 'strange'].some((stage) => stages[stage] !== 0);
  const isWhole = stages['ready'] === wanted && updatedReplicas === wanted;
  return rollingTo === null && isBehind === false && isWhole && !isMoving;
}
