import { type PlannedDeed, planDeed } from '../../actions/plan-deed.ts';
import type { Wish } from '../../actions/plan-refusals.ts';
import { unitCheckOf } from '../../actions/unit-mark.ts';
import type { BoundCheck } from '../../kinds/contract.ts';
import type { Network } from '../../model/check.ts';
import { explain } from '../../model/explain.ts';
import type { NetworkState } from '../../model/health.ts';
import type { Host, Service } from '../../model/inventory.ts';
import { textOf } from '../../model/read-facts.ts';
import type { ServiceReport } from '../../model/report.ts';
import { check } from '../../watch/sample.ts';
import { type ActGround, type Prepared, unitOf } from './prepared.ts';
import { serviceOf, wantedChecks } from './seen-deed.ts';
import { withTouched } from './touched-plan.ts';
import { verifyDeed } from './verify-deed.ts';

/** Something that is to be done to a service. */
export interface WishedDeed {
  readonly service: Service;
  readonly wish: Wish;
}

/** Looks at a service and at what a deed would reach, and plans it. Only reads. */
export async function prepareDeed(
  { service, wish }: WishedDeed,
  previous: NetworkState,
  ground: ActGround,
): Promise<Prepared> {
  const { open, signal } = ground;
  const { network, transports } = open;
  const wanted = wantedChecks(network, service);
  const state = await check(wanted, transports, { previous, signal });
  const report = explain(network, state, transports.clock.now());
  const host = hostOf(network, service);
  const file = await definitionOf(serviceOf(report, service), host, ground);
  const plan = (lastAttemptMs: number | null): PlannedDeed =>
    planDeed(network, service, {
      ...{ wish, report, nowMs: transports.clock.now(), lastAttemptMs, file },
      hostname: transports.hostname,
    });
  const unit = unitOf(plan(null).plan);
  const { planned, touched } = await withTouched(unit, plan, ground);
  return {
    ...{ id: service.id, wish, plan: planned.plan, host, touched },
    checks: wanted.checks.map(({ id }) => id),
    again: (next) => prepareDeed({ service, wish }, state, next),
    verify: (next) => verifyDeed({ service, planned, report, state }, next),
  };
}

/** A unit's file as it lies on its host, where that is one of launchd; null where it cannot be read. */
async function definitionOf(
  service: ServiceReport,
  host: Host,
  { open: { transports }, signal }: ActGround,
): Promise<string | null> {
  const path = textOf(unitCheckOf(service)?.facts['path']);
  if (service.manager !== 'launchd' || path === null) return null;
  return transports.readFile(host, path, { timeoutMs: 5000, signal }).catch(() => null);
}

/** The host that it stands on. */
function hostOf(network: Network<BoundCheck>, service: Service): Host {
  return network.inventory.hosts.find(({ name }) => name === service.host) as Host;
}
