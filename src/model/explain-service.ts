import type { NetworkState } from './health.ts';
import type { Service } from './inventory.ts';
import type { CheckReport, ServiceReport } from './report.ts';
import { classOf, type State, severityOf, worstState } from './state.ts';

const lastReports = new WeakMap<Service, ServiceReport>();

/**
 * A service is the worst of its checks; one without any is `unknown`, a disabled one `n/a`. Of the
 * same reports, which are of the same samples, it is the same object.
 */
export function explainService(
  service: Service,
  checks: readonly CheckReport[],
  state: NetworkState,
): ServiceReport {
  const last = lastReports.get(service);
  const isSame =
    last?.checks.length === checks.length &&
    checks.every((check, index) => check === last.checks[index]);
  if (isSame) return last;
  const made = reportOf(service, checks, state);
  lastReports.set(service, made);
  return made;
}

function reportOf(
  service: Service,
  checks: readonly CheckReport[],
  state: NetworkState,
): ServiceReport {
  const { id, host, name, description, port, critical } = service;
  const { kind: manager } = service.manager;
  const common = {
    id,
    host,
    name,
    description,
    manager,
    port,
    critical,
    restarts: restartsOf(checks),
  };
  const own = service.enabled
    ? judged(service, checks)
    : { state: 'n/a' as const, note: notHere(service) };
  const worst = worstCheck(checks);
  return {
    ...common,
    ...own,
    since: worst?.since ?? null,
    unwatchedUntil: worst?.unwatchedUntil ?? null,
    confirmed: service.enabled ? confirmedState(checks, state) : 'n/a',
    streak: worst?.streak ?? { toward: null, n: 0, of: 0 },
    flapping: checks.some((check) => state.health[check.id]?.flapping ?? false),
    because: worst?.because ?? null,
    checks,
  };
}

/** The most restarts that any of its checks has seen within the window; null when none counts them. */
function restartsOf(checks: readonly CheckReport[]): number | null {
  const counts = checks
    .map(({ facts }) => facts['restarts'])
    .filter((one) => typeof one === 'number');
  return counts.length === 0 ? null : Math.max(...counts);
}

/** The check that decides: the worst, and of equals the first in the inventory. */
export function worstCheck(checks: readonly CheckReport[]): CheckReport | undefined {
  let worst: CheckReport | undefined;
  for (const check of checks) {
    if (!worst || severityOf(check.state) < severityOf(worst.state)) worst = check;
  }
  return worst;
}

/** The worst of what is confirmed; `unknown` while nothing is. */
export function confirmedState(checks: readonly CheckReport[], state: NetworkState): State {
  if (checks.length === 0) return 'unknown';
  return worstState(checks.map((check) => state.health[check.id]?.confirmed.state ?? 'unknown'));
}

function judged(service: Service, checks: readonly CheckReport[]): { state: State; note: string } {
  const worst = worstCheck(checks);
  if (!worst) return { state: 'unknown', note: 'no check is declared' };
  const stray = strayUnit(service, checks);
  if (stray) return { state: 'degraded', note: `answers, but not from its unit: ${stray.note}` };
  const note = classOf(worst.state) === 'good' ? goodNote(service, checks) : worst.note;
  return { state: worst.state, note };
}

/** A unit that is missing or stopped while everything else of its service answers well. */
function strayUnit({ manager }: Service, checks: readonly CheckReport[]): CheckReport | null {
  const unit = checks.find(({ kind }) => kind === manager.kind);
  const others = checks.filter((check) => check !== unit);
  if (unit?.state !== 'down' || others.length === 0) return null;
  return others.every(({ state }) => classOf(state) === 'good') ? unit : null;
}

/** When all is well the note is what the service counts ("14 functions"), else what it is. */
function goodNote(service: Service, checks: readonly CheckReport[]): string {
  for (const { facts } of checks) {
    const { count, unit } = facts;
    if (typeof count === 'number')
      return typeof unit === 'string' ? `${count} ${unit}` : `${count}`;
  }
  return service.description;
}

function notHere(service: Service): string {
  return service.reason === '' ? 'declared not to run here' : service.reason;
}
