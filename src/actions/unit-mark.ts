import type { JsonObject } from '../model/json.ts';
import type { UnitMark } from '../model/plan.ts';
import { countOf, objectsOf, textOf } from '../model/read-facts.ts';
import type { CheckReport, ServiceReport } from '../model/report.ts';

/** The check of a service's unit: its manager's own. */
export function unitCheckOf({ checks, manager }: ServiceReport): CheckReport | null {
  return checks.find(({ name }) => name === manager) ?? null;
}

/**
 * Whether it was looked at: nothing is done blindly, nor proved by what was not seen. What only stands
 * on something that is down is seen all the same: `suppressed` says whose fault it is.
 */
export function isSeen({ facts, fault }: CheckReport): boolean {
  return fault === null && Object.keys(facts).length > 0;
}

/** What tells a unit's process, or a workload's pods, from those before and after. */
export function unitMark(service: ServiceReport): UnitMark {
  const facts = unitCheckOf(service)?.facts ?? {};
  return {
    state: service.state,
    note: service.note,
    pid: countOf(facts['pid']),
    starts: countOf(facts['runs']) ?? countOf(facts['starts']),
    revision: podsMark(facts) ?? textOf(facts['activeSince']) ?? textOf(facts['stateSince']),
  };
}

/** The pods that stay: one that leaves or is over goes by itself, which says nothing of the others. */
function podsMark(facts: JsonObject): string | null {
  const staying = objectsOf(facts['pods']).filter(
    ({ stage }) => stage !== 'leaving' && stage !== 'finished',
  );
  const names = staying.map(({ name, startedAt }) => `${name}@${startedAt}`);
  return names.length > 0 ? names.toSorted().join(' ') : null;
}

/**
 * Whether another process, or other pods, stand where the first ones stood. What is not told now says
 * nothing; what was not there before is new.
 */
export function isAnother(before: UnitMark, after: UnitMark): boolean {
  return (['pid', 'starts', 'revision'] as const).some(
    (key) => after[key] !== null && after[key] !== before[key],
  );
}
