import type { Check } from './check.ts';
import { faultOf } from './fault.ts';
import type { Health } from './health.ts';
import type { CheckReport } from './report.ts';
import type { State } from './state.ts';

/** Nothing heard for this many announced waits is stale. */
const staleAfterWaits = 3;

/** What is measured: a check, or a part of one. */
export type Measurable = Pick<Check, 'id' | 'kind' | 'name' | 'failureThreshold'>;

/** What a sample is worth by itself, while it is fresh and when it is not. */
interface Worth {
  readonly seenAtMs: number;
  readonly staleAfterMs: number;
  readonly fresh: CheckReport;
  stale: CheckReport | null;
}

const worths = new WeakMap<Health, Worth>();

/**
 * What a check is worth by itself at a moment, before its parents are looked at. The same object as
 * long as its health is, and as long as that is fresh, or stale.
 */
export function ownReport(
  check: Measurable,
  health: Health | undefined,
  atMs: number,
): CheckReport {
  if (!health) return unmeasured(check);
  let worth = worths.get(health);
  if (
    worth?.fresh.id !== check.id ||
    worth.fresh.name !== check.name ||
    worth.fresh.kind !== check.kind
  ) {
    worth = worthOf(check, health);
    worths.set(health, worth);
  }
  if (Math.abs(atMs - worth.seenAtMs) <= worth.staleAfterMs) return worth.fresh;
  worth.stale ??= staleReport(worth.fresh, health);
  return worth.stale;
}

function worthOf({ id, kind, name }: Measurable, health: Health): Worth {
  const { latencyMs, facts, since, unwatchedUntil, streak, state, note, fault } = health;
  const seen = { latencyMs, facts, at: health.seenAt, since, unwatchedUntil, streak };
  const common = { id, kind, name, ...seen };
  return {
    seenAtMs: Date.parse(health.seenAt),
    staleAfterMs: staleAfterWaits * health.waitMs,
    fresh: { ...common, state, note, fault, because: null },
    stale: null,
  };
}

/** When it was last seen is `at`: a time in a note would be in nobody's zone. */
function staleReport(fresh: CheckReport, { state }: Health): CheckReport {
  const note = `stale, last ${state}`;
  return { ...fresh, state: 'unknown', note, fault: faultOf('stale', note), because: null };
}

const unmeasuredReports = new WeakMap<Measurable, CheckReport>();

function unmeasured(check: Measurable): CheckReport {
  const { id, kind, name } = check;
  const report = unmeasuredReports.get(check) ?? { id, kind, name, ...notMeasured(check) };
  unmeasuredReports.set(check, report);
  return report;
}

function notMeasured(check: Measurable): Omit<CheckReport, 'id' | 'kind' | 'name'> {
  const streak = { toward: null, n: 0, of: check.failureThreshold };
  const unknown = { state: 'unknown' as State, note: 'not measured yet', because: null };
  const never = { latencyMs: null, at: null, since: null, unwatchedUntil: null };
  return { ...unknown, ...never, streak, facts: {}, fault: null };
}
