import type { UnitMark } from '../model/plan.ts';
import { countOf, objectsOf, textOf } from '../model/read-facts.ts';
import type { CheckReport, ServiceReport } from '../model/report.ts';

/** The check of a service's unit: its manager's own. */
export function unitCheckOf({ checks, manager }: ServiceReport): CheckReport | null {
  return checks.find(({ name }) => name === manager) ?? null;
}

/** What tells a unit's process, or a workload's pods, from those before and after. */
export function unitMark(service: ServiceReport): UnitMark {
  const unit = unitCheckOf(service);
  const facts = unit?.facts ?? {};
  const pods = objectsOf(facts['pods']).map(({ name, startedAt }) => `${name}@${startedAt}`);
  return {
    state: service.state,
    note: service.note,
    pid: countOf(facts['pid']),
    starts: countOf(facts['runs']) ?? countOf(facts['starts']),
    revision: pods.length > 0 ? pods.toSorted().join(' ') : textOf(facts['activeSince']),
  };
}

/** Whether another process, or other pods, stand where the first ones stood. */
export function isAnother(before: UnitMark, after: UnitMark): boolean {
  if (before.pid !== null && after.pid !== null && before.pid !== after.pid) return true;
  if (before.starts !== null && after.starts !== null && before.starts !== after.starts)
    return true;
  return before.revision !== after.revision;
}
